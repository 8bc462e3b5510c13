package org.sempervox.cluster.membership;

import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.remote.UniqueAddress;
import org.apache.pekko.remote.artery.OutboundHandshake.HandshakeReq;
import org.apache.pekko.remote.artery.OutboundHandshake.HandshakeRsp;
import org.apache.pekko.remote.serialization.ArteryMessageSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * The remoting's own serializer of its control messages, but a handshake of an incarnation that has been removed is refused, by an exception that
 * drops it.
 *
 * <p>A node that was cut off, ended itself and started again on the same address leaves connections behind whose last bytes the kernel goes on
 * sending: when the cable is back they arrive, seconds after the handshake of the new incarnation. The remoting took such a handshake for that of a
 * third incarnation, found it quarantined, and dropped all that was sent to the living one until that greeted again, for up to a second and more
 * than once.
 */
public final class HandshakeSerializer extends SerializerWithStringManifest {
    private final ArteryMessageSerializer artery;
    private final Departed departed;

    /** Called by Pekko. */
    public HandshakeSerializer(ExtendedActorSystem system) {
        artery = new ArteryMessageSerializer(system);
        departed = Departed.get(system);
    }

    @Override
    public int identifier() {
        return artery.identifier();
    }

    @Override
    public String manifest(Object message) {
        return artery.manifest(message);
    }

    @Override
    public byte[] toBinary(Object message) {
        return artery.toBinary(message);
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        Object message = artery.fromBinary(bytes, manifest);
        switch (message) {
            case HandshakeReq request -> refuseLate(request.from());
            case HandshakeRsp response -> refuseLate(response.from());
            default -> {}
        }
        return message;
    }

    private void refuseLate(UniqueAddress from) throws Late {
        if (departed.contains(from.uid())) {
            throw new Late("a handshake of " + from.address() + " came late: its incarnation " + from.uid()
                    + " has been removed");
        }
    }

    /** Without a stack trace: it is logged, and where it comes from is known. */
    private static final class Late extends NotSerializableException {
        private static final long serialVersionUID = 1;

        Late(String why) {
            super(why);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
