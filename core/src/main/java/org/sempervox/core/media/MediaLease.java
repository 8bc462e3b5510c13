package org.sempervox.core.media;

/**
 * Ports of one session on a service address (S2, S19): RTP on the even port, RTCP on the next.
 *
 * @param service index of the service address
 * @param host its numeric IP address, as it goes into SDP
 * @param callerPort RTP port towards the caller
 * @param calleePort RTP port towards the callee
 */
public record MediaLease(int service, String host, int callerPort, int calleePort) {}
