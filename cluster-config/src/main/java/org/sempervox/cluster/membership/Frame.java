package org.sempervox.cluster.membership;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * One message of a liveness connection: 17 bytes. HELLO(uid) both ways at once, then BEAT(sentAt, {@link NodeSays}) answered by ACK(sentAt,
 * {@link NodeSays}), VOTE(uid of the dead), BALLOT({@link Expulsion#ballot}), GONE (the receiver is no member any more). A HELLO that is repeated carries
 * a {@link Greeting}; zero means that it does not say (0.1.0 never does, and ignores it).
 */
record Frame(Type type, long a, long b) {
    enum Type {
        HELLO(1),
        BEAT(2),
        ACK(3),
        VOTE(4),
        GONE(5),
        BALLOT(6);

        private final byte code;

        Type(int code) {
            this.code = (byte) code;
        }
    }

    static final int LENGTH = 17;

    /** In the HELLO of a listener, one bit each: this node tells its view of the members. 0.1.0 says zero. */
    static final long TELLS = 1;

    /** It says whom it would give up, and takes it from others. */
    static final long BALLOTS = 2;

    static Frame read(DataInputStream in) throws IOException {
        byte code = in.readByte();
        for (Type type : Type.values()) {
            if (type.code == code) {
                return new Frame(type, in.readLong(), in.readLong());
            }
        }
        throw new IOException("liveness message of unknown type " + code);
    }

    /** In one write, so that it is one segment. */
    void write(DataOutputStream out) throws IOException {
        var bytes = java.nio.ByteBuffer.allocate(LENGTH);
        bytes.put(type.code).putLong(a).putLong(b);
        out.write(bytes.array());
        out.flush();
    }
}
