package org.sempervox.chaos.selftest;

/**
 * One method of the product that is made wrong.
 *
 * @param type name of its class
 * @param parameters how many it has
 * @param advice class with what runs before or after it, or instead of it
 */
public record Patch(String type, String method, int parameters, Class<?> advice) {
    @Override
    public String toString() {
        return type + "." + method + "/" + parameters;
    }
}
