package org.sempervox.media.session;

import java.util.List;
import java.util.Map;
import org.sempervox.media.relay.DropReason;

/**
 * What the media actor last published about itself.
 *
 * @param relayed packets sent on since the start
 * @param drops packets not sent on since the start, by reason
 */
public record MediaFigures(
        String transport, List<AddressFigures> addresses, long relayed, Map<DropReason, Long> drops) {}
