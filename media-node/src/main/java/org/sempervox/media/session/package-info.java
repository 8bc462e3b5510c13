/** Media sessions of this node: ports, leases, plans in force and on standby, and the actor that is asked for them (S19, S20). */
@org.jspecify.annotations.NullMarked
package org.sempervox.media.session;
