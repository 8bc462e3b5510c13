package org.sempervox.cluster.directory;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Numbers of all extensions that ever stored something; asked once. */
@FunctionalInterface
public interface KnownExtensions extends Supplier<CompletionStage<List<String>>> {}
