package org.sempervox.cluster.store;

/**
 * What the store keeps of one number's credentials.
 *
 * @param keyId names the key that opens it
 * @param sealed encrypted and authenticated, base64
 */
public record SealedCredential(String number, String keyId, String sealed) {}
