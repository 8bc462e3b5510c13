package org.sempervox.cluster.settings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sempervox.cluster.settings.StoreSettings.Cassandra;
import org.sempervox.cluster.settings.StoreSettings.Credentials;
import org.sempervox.cluster.settings.StoreSettings.Embedded;
import org.sempervox.cluster.settings.StoreSettings.Trust;

/** Reads {@code sempervox.store}. */
final class StoreFile {
    private static final int CQL_PORT = 9042;

    private StoreFile() {}

    /** Relative paths start at the folder. */
    static StoreSettings read(Section store, Path folder) {
        return switch (store.text("kind")) {
            case "h2" -> embedded(store.only("kind", "host", "port", "password-file"), folder);
            case "cassandra" ->
                cassandra(
                        store.only(
                                "kind",
                                "contact-points",
                                "datacenter",
                                "keyspace",
                                "replication",
                                "user",
                                "password-file",
                                "trust-store",
                                "trust-store-password-file"),
                        folder);
            default -> throw new SettingsProblem(store.at("kind"), store.text("kind"), "h2 or cassandra");
        };
    }

    private static Embedded embedded(Section store, Path folder) {
        return new Embedded(
                store.text("host"), store.number("port", 1, 65535), password(store, "password-file", folder));
    }

    private static Cassandra cassandra(Section store, Path folder) {
        List<InetSocketAddress> points = store.texts("contact-points").stream()
                .map(text -> point(store, text))
                .toList();
        if (points.isEmpty()) {
            throw new SettingsProblem(store.at("contact-points"), "an empty list", "at least one host or host:port");
        }
        String keyspace = store.optionalText("keyspace").orElse("sempervox");
        if (!keyspace.matches("[a-z][a-z0-9_]{0,47}")) {
            throw new SettingsProblem(
                    store.at("keyspace"), keyspace, "a lower-case letter, then letters, digits or _, 48 at most");
        }
        Optional<Credentials> credentials =
                store.optionalText("user").map(user -> new Credentials(user, password(store, "password-file", folder)));
        Optional<Trust> trust = store.optionalText("trust-store")
                .map(file -> new Trust(
                        readable(store, "trust-store", folder.resolve(file)),
                        password(store, "trust-store-password-file", folder)));
        return new Cassandra(
                points, store.text("datacenter"), keyspace, store.number("replication", 1, 9, 3), credentials, trust);
    }

    private static InetSocketAddress point(Section store, String text) {
        var named = java.util.regex.Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s/@:\\[\\]]+)(?::([0-9]{1,5}))?")
                .matcher(text);
        if (!named.matches()) {
            throw new SettingsProblem(store.at("contact-points"), text, "host or host:port");
        }
        int port = named.group(2) == null ? CQL_PORT : Integer.parseInt(named.group(2));
        if (port < 1 || port > 65535) {
            throw new SettingsProblem(store.at("contact-points"), text, "a port from 1 to 65535");
        }
        return InetSocketAddress.createUnresolved(named.group(1), port);
    }

    private static String password(Section store, String key, Path folder) {
        Path file = folder.resolve(store.text(key));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new SettingsProblem(store.at(key), "no readable file " + file, "a file that holds the password");
        }
    }

    private static Path readable(Section store, String key, Path file) {
        if (!Files.isReadable(file)) {
            throw new SettingsProblem(store.at(key), "no readable file " + file, "a PKCS#12 or JKS file");
        }
        return file;
    }
}
