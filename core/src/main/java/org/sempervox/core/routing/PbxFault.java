package org.sempervox.core.routing;

/**
 * One thing that is wrong in a PBX file.
 *
 * @param path as in the file: {@code tenants.default.extensions[3].ringSeconds}
 * @param value as found; {@code (missing)}, or {@code (hidden)} for a secret
 * @param expected what would be right
 */
public record PbxFault(String path, String value, String expected) {
    public String text() {
        return path + ": found " + value + ", expected " + expected;
    }
}
