/** Black-box test phones: many SIP user agents with audio in one process, knowing nothing of the product. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.client;
