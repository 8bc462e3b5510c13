/** The failover matrix on running clusters: calls in every state, one fault, and what became of each call. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.failover;
