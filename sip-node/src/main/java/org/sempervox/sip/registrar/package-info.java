/** REGISTER between its SIP form and the extension that keeps the bindings (RFC 3261 §10). */
@org.jspecify.annotations.NullMarked
package org.sempervox.sip.registrar;
