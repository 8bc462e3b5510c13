package org.sempervox.media.session;

import java.util.Collection;

/**
 * Figures of one service address.
 *
 * @param bound sessions that are relayed here
 * @param held sessions that are known here but relayed elsewhere
 * @param leaving sessions whose address has just gone to another node
 * @param portsInUse RTP ports in use, each with its RTCP port; 0 while another node owns the address
 */
public record AddressFigures(
        int service, String host, boolean owned, int bound, int held, int leaving, int portsInUse) {
    static <R> AddressFigures of(ServedAddress at, Collection<MediaSession<R>> sessions) {
        int bound = 0;
        int held = 0;
        int leaving = 0;
        for (MediaSession<R> session : sessions) {
            if (session.key.service() == at.address.index()) {
                switch (session.standing) {
                    case BOUND -> bound++;
                    case HELD -> held++;
                    case LEAVING -> leaving++;
                }
            }
        }
        PortAllocator ports = at.ports();
        int inUse = ports == null ? 0 : ports.inUse();
        return new AddressFigures(at.address.index(), at.address.host(), at.owned(), bound, held, leaving, inUse);
    }
}
