package org.sempervox.cluster.settings;

/** Where the embedded store listens. {@code toString} hides the password. */
public record StoreSettings(String host, int port, String password) {
    public static final String USER = "sempervox";

    public String url() {
        return "jdbc:h2:tcp://" + host + ":" + port + "/sempervox";
    }

    @Override
    public String toString() {
        return "StoreSettings[" + url() + "]";
    }
}
