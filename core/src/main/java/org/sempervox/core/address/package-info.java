/** Service addresses: identities (host, SIP port, media ports) that outlive the node that serves them (S15, S16). */
@org.jspecify.annotations.NullMarked
package org.sempervox.core.address;
