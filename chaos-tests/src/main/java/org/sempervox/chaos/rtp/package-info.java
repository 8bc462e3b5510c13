/** Many RTP streams from one thread, cheap enough to stand beside what it measures. Shares nothing with the product. */
@org.jspecify.annotations.NullMarked
package org.sempervox.chaos.rtp;
