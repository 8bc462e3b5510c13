package org.sempervox.core.extension;

/**
 * What stands for a password in digest authentication: HA1 of RFC 7616 §3.4.2 for each hash, lower-case hexadecimal. Whoever has it can log in
 * as the user, in that realm only. Its text shows nothing.
 */
public record DigestSecret(String md5, String sha256) {
    public static DigestSecret of(String user, String realm, String password) {
        String whole = user + ":" + realm + ":" + password;
        return new DigestSecret(DigestHash.MD5.of(whole), DigestHash.SHA256.of(whole));
    }

    public String ha1(DigestHash hash) {
        return switch (hash) {
            case MD5 -> md5;
            case SHA256 -> sha256;
        };
    }

    @Override
    public String toString() {
        return "DigestSecret[hidden]";
    }
}
