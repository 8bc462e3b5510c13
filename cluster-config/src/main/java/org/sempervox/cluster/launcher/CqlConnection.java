package org.sempervox.cluster.launcher;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One statement after another to one Cassandra: just enough of its native protocol, version 4, to set up three of them. A driver would
 * connect to all of them, which is not wanted while they start, and would take longer to load than the whole conversation takes.
 */
final class CqlConnection implements Closeable {
    /** How many copies must have answered. */
    enum Consistency {
        QUORUM(4),
        ALL(5);

        private final int code;

        Consistency(int code) {
            this.code = code;
        }
    }

    private static final int REQUEST = 0x04;
    private static final int ERROR = 0x00;
    private static final int STARTUP = 0x01;
    private static final int READY = 0x02;
    private static final int AUTHENTICATE = 0x03;
    private static final int QUERY = 0x07;
    private static final int RESULT = 0x08;
    private static final int AUTH_RESPONSE = 0x0F;
    private static final int AUTH_SUCCESS = 0x10;
    private static final int HEADER = 9;
    private static final int MOST = 1 << 20;
    private static final int CONNECT_LIMIT_MS = 1_000;
    private static final int ANSWER_LIMIT_MS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private CqlConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /** Logs in; a Cassandra that asks for no password gets none. */
    static CqlConnection open(InetSocketAddress at, String user, String password) throws IOException {
        var socket = new Socket();
        boolean open = false;
        try {
            socket.connect(at, CONNECT_LIMIT_MS);
            socket.setSoTimeout(ANSWER_LIMIT_MS);
            socket.setTcpNoDelay(true);
            var connection = new CqlConnection(socket);
            connection.logIn(user, password);
            open = true;
            return connection;
        } finally {
            if (!open) {
                socket.close();
            }
        }
    }

    /** Throws with Cassandra's words if it refuses. */
    void execute(String statement, Consistency consistency) throws IOException {
        byte[] text = statement.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(4 + text.length + 2 + 1);
        body.putInt(text.length).put(text).putShort((short) consistency.code).put((byte) 0);
        ask(QUERY, body.array(), RESULT);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void logIn(String user, String password) throws IOException {
        byte[] key = "CQL_VERSION".getBytes(StandardCharsets.US_ASCII);
        byte[] value = "3.0.0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer options = ByteBuffer.allocate(2 + 2 + key.length + 2 + value.length);
        options.putShort((short) 1).putShort((short) key.length).put(key);
        options.putShort((short) value.length).put(value);
        if (ask(STARTUP, options.array(), AUTHENTICATE, READY) == READY) {
            return;
        }
        byte[] token = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
        ByteBuffer answer = ByteBuffer.allocate(4 + token.length);
        answer.putInt(token.length).put(token);
        ask(AUTH_RESPONSE, answer.array(), AUTH_SUCCESS);
    }

    /** The answer's kind, which is one of the expected ones. */
    private int ask(int kind, byte[] body, int... expected) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + body.length);
        // version, no flags, stream 0, kind, length
        frame.put((byte) REQUEST).put((byte) 0).putShort((short) 0).put((byte) kind);
        frame.putInt(body.length).put(body);
        out.write(frame.array());
        out.flush();
        in.skipNBytes(4);
        int answer = in.readUnsignedByte();
        int length = in.readInt();
        if (length < 0 || length > MOST) {
            throw new IOException("an answer of " + length + " bytes: no Cassandra");
        }
        byte[] content = in.readNBytes(length);
        for (int one : expected) {
            if (one == answer) {
                return answer;
            }
        }
        throw new IOException(answer == ERROR ? words(content) : "an answer of kind " + answer);
    }

    /** Of an error: four bytes of code, two of length, the text. */
    private static String words(byte[] content) {
        return content.length < 6 ? "an error" : new String(content, 6, content.length - 6, StandardCharsets.UTF_8);
    }
}
