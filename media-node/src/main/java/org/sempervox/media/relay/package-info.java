/** RTP and RTCP from one side of a call to the other: sockets, loops, learning of sources, statistics. Nothing here knows an actor. */
@org.jspecify.annotations.NullMarked
package org.sempervox.media.relay;
