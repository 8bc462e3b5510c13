package org.sempervox.cluster.cli;

import java.util.concurrent.Callable;

/**
 * A sub-command, found by {@link java.util.ServiceLoader}; carries picocli's {@code @Command}. Returns an exit code of {@link Exit};
 * settings problems are thrown.
 */
public interface Verb extends Callable<Integer> {}
