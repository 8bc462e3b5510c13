/** SIP values of our own (RFC 3261): requests, responses, headers, tags; no SIP library and no sockets. */
@org.jspecify.annotations.NullMarked
package org.sempervox.core.sip;
