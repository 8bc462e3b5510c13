package org.sempervox.cluster.directory;

import java.util.List;
import java.util.function.Supplier;

/** Numbers of all extensions that ever stored something. May block; asked once, off the actors' threads. */
@FunctionalInterface
public interface KnownExtensions extends Supplier<List<String>> {}
