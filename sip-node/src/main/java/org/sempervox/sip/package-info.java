/** The sip role of a node: SIP in, SIP out. */
@org.jspecify.annotations.NullMarked
package org.sempervox.sip;
