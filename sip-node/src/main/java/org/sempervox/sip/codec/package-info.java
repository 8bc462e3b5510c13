/** SIP messages between bytes and values (RFC 3261 §7, §25): guards first, then the vendor's grammar, then values of our own. */
@org.jspecify.annotations.NullMarked
package org.sempervox.sip.codec;
