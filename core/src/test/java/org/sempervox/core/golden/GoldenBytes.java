package org.sempervox.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Bytes as they were first written, in {@code /golden/<folder>/<name>.v1.hex}: they must be read for ever. */
public final class GoldenBytes {
    private GoldenBytes() {}

    /** The object is read from them, and written as they are; no class of ours is named in them. */
    public static void check(ActorSystem<?> system, int identifier, String folder, String name, Object object)
            throws IOException {
        SerializerWithStringManifest serializer = serializer(system, object);
        assertThat(serializer.identifier()).isEqualTo(identifier);
        assertThat(serializer.manifest(object)).isEmpty();
        byte[] written = serializer.toBinary(object);
        byte[] old = bytes(folder, name);
        assertThat(serializer.fromBinary(old, "")).isEqualTo(object);
        assertThat(HexFormat.of().formatHex(written))
                .as(name)
                .isEqualTo(HexFormat.of().formatHex(old));
        assertThat(new String(written, StandardCharsets.ISO_8859_1)).doesNotContain("sempervox");
    }

    public static SerializerWithStringManifest serializer(ActorSystem<?> system, Object object) {
        return (SerializerWithStringManifest) SerializationExtension.get(system).findSerializerFor(object);
    }

    private static byte[] bytes(String folder, String name) throws IOException {
        try (var in = GoldenBytes.class.getResourceAsStream("/golden/" + folder + "/" + name + ".v1.hex")) {
            assertThat(in).as(name).isNotNull();
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }
}
