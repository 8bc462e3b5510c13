package org.sempervox.cluster.store;

import java.util.Arrays;

/** A serialized object. Equal if its bytes and what reads them are; the array is not copied. */
public final class Content {
    private final int serializer;
    private final String manifest;
    private final byte[] bytes;

    public Content(int serializer, String manifest, byte[] bytes) {
        this.serializer = serializer;
        this.manifest = manifest;
        this.bytes = bytes;
    }

    public int serializer() {
        return serializer;
    }

    public String manifest() {
        return manifest;
    }

    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that
                && serializer == that.serializer
                && manifest.equals(that.manifest)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Content[" + serializer + " " + manifest + " " + bytes.length + " bytes]";
    }
}
