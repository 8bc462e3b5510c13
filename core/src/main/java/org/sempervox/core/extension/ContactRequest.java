package org.sempervox.core.extension;

/**
 * One Contact of a REGISTER.
 *
 * @param uri without angle brackets, URI parameters included
 * @param expiresSeconds the contact's or else the request's wish; 0 to remove, -1 for none (3600)
 * @param q preference 0–1, default 1
 * @param instance value of {@code +sip.instance} (RFC 5626 §4.1); empty if none
 * @param regId value of {@code reg-id} (RFC 5626 §4.2); 0 if none
 */
public record ContactRequest(String uri, int expiresSeconds, double q, String instance, int regId) {}
