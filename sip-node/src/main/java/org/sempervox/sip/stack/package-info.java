/** UDP transport of service addresses (S15, S21): sockets, receive threads, take-over, watchdog. Knows bytes only. */
@org.jspecify.annotations.NullMarked
package org.sempervox.sip.stack;
