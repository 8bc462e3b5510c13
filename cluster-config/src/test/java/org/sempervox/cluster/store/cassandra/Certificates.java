package org.sempervox.cluster.store.cassandra;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.sempervox.cluster.settings.StoreSettings;

/** A certificate for one address that signs itself, a trust store that has it, and one that has a stranger's. Made with the JDK's keytool. */
record Certificates(Path folder) {
    private static final String PASSWORD = "certificates";

    void make(String host) throws Exception {
        for (String name : List.of("server", "stranger")) {
            Path keys = folder.resolve(name + "-keys.p12");
            keytool(keys, host);
            KeyStore made = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(name, made.getCertificate("own"));
            try (OutputStream out = Files.newOutputStream(trust(name).file())) {
                trusted.store(out, PASSWORD.toCharArray());
            }
        }
    }

    /** Trusts Cassandra's certificate. */
    StoreSettings.Trust right() {
        return trust("server");
    }

    /** Trusts a certificate of the same name with another key. */
    StoreSettings.Trust stranger() {
        return trust("stranger");
    }

    /** For the end of {@code cassandra.yaml}. */
    String serverSettings() {
        return """

                client_encryption_options:
                  enabled: true
                  optional: false
                  keystore: %s
                  keystore_password: %s
                  store_type: PKCS12
                """.formatted(folder.resolve("server-keys.p12"), PASSWORD);
    }

    private StoreSettings.Trust trust(String name) {
        return new StoreSettings.Trust(folder.resolve(name + "-trust.p12"), PASSWORD);
    }

    private static void keytool(Path keys, String host) throws Exception {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                tool, "-genkeypair", "-alias", "own", "-keyalg", "EC", "-validity", "2", "-dname", "CN=cassandra");
        var whole = new java.util.ArrayList<>(command);
        whole.addAll(List.of(
                "-ext",
                "SAN=ip:" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        if (new ProcessBuilder(whole).inheritIO().start().waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }
}
