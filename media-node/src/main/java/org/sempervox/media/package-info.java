/** The media part of a node: relay of RTP, sessions on service addresses, the way from calls to media nodes. */
@org.jspecify.annotations.NullMarked
package org.sempervox.media;
