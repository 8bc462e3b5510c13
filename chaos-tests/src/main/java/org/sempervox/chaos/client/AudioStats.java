package org.sempervox.chaos.client;

/**
 * What one receiver heard since the last {@link Audio#mark}.
 *
 * @param heard packets with the pattern of the expected sender
 * @param longestGapMs longest time without such a packet minus one packet time, the still open one included
 * @param endless whether the silence at the time of asking is itself longer than half a second
 * @param anyGapMs the longest gap over packets of any kind (music, for one)
 * @param anyEndless whether nothing of any kind has come for half a second
 * @param jumps breaks in the sender's own numbering: lost, repeated or reordered packets
 * @param rtpJumps breaks in the RTP sequence numbers within one SSRC
 * @param foreign packets with the pattern of another call
 * @param echoes packets with this phone's own pattern
 * @param wrongDirection packets that name the wrong side as sender
 * @param other packets without a pattern
 * @param worstDelayMs longest way of a pattern packet through the system
 */
public record AudioStats(
        long heard,
        double longestGapMs,
        boolean endless,
        double anyGapMs,
        boolean anyEndless,
        long jumps,
        long rtpJumps,
        long ssrcChanges,
        long foreign,
        long echoes,
        long wrongDirection,
        long other,
        double worstDelayMs) {}
