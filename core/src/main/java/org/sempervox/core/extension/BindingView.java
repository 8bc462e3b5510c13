package org.sempervox.core.extension;

/**
 * One Contact of a 200 to a REGISTER.
 *
 * @param uri as registered
 * @param expiresSeconds left, at least 1
 */
public record BindingView(String uri, int expiresSeconds, double q) {}
