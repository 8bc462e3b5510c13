package org.sempervox.cluster.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Rows that the database has not written to its own file yet, which it does every half second: each is appended here first, so that
 * nothing that a node was told is stored is lost with this process. Three files in turn; each is emptied when the database has certainly
 * written what it holds. Nothing is forced through the operating system's cache: the death of the machine is another matter.
 *
 * <pre>length (4 bytes), CRC-32 (4 bytes), then: table, and its values in the order of the columns</pre>
 */
final class RecentRows implements AutoCloseable {
    private static final int FILES = 3;
    private static final int HEADER = 8;
    private static final int LONGEST = 16 * 1024 * 1024;

    private final List<FileChannel> channels = new ArrayList<>();
    private final Path folder;
    private int current;

    /** A row as it was inserted; each value is a text, a number, bytes, a truth value or null. */
    record Row(String table, List<@Nullable Object> values) {}

    private RecentRows(Path folder) {
        this.folder = folder;
    }

    /** Opens the files, which are emptied; what they held is to be {@linkplain #read read} before. */
    static RecentRows open(Path folder) throws IOException {
        var rows = new RecentRows(folder);
        for (Path file : files(folder)) {
            rows.channels.add(FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
        }
        return rows;
    }

    /** What a process that was killed left behind, in no particular order; a row that was cut off was never acknowledged. */
    static List<Row> read(Path folder) throws IOException {
        var found = new ArrayList<Row>();
        for (Path file : files(folder)) {
            if (Files.exists(file)) {
                read(Files.readAllBytes(file), found);
            }
        }
        return found;
    }

    static List<Path> files(Path folder) {
        var files = new ArrayList<Path>();
        for (int i = 0; i < FILES; i++) {
            files.add(folder.resolve("recent." + i + ".log"));
        }
        return files;
    }

    void append(String table, @Nullable Object[] values) throws IOException {
        ByteBuffer record = encode(table, values);
        synchronized (this) {
            FileChannel channel = channels.get(current);
            while (record.hasRemaining()) {
                channel.write(record);
            }
        }
    }

    /** Whether nothing is kept that the database might not have written. */
    synchronized boolean isEmpty() throws IOException {
        for (FileChannel channel : channels) {
            if (channel.size() > 0) {
                return false;
            }
        }
        return true;
    }

    /** The database has written everything that was committed before the last turn: the oldest file is used again. */
    synchronized void turn() throws IOException {
        int next = (current + 1) % FILES;
        channels.get(next).truncate(0);
        channels.get(next).position(0);
        current = next;
    }

    /** The files are gone: everything is in the database. */
    @Override
    public synchronized void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
        for (Path file : files(folder)) {
            Files.deleteIfExists(file);
        }
    }

    private static ByteBuffer encode(String table, @Nullable Object[] values) throws IOException {
        var bytes = new ByteArrayOutputStream(1024);
        var out = new DataOutputStream(bytes);
        out.writeLong(0);
        out.writeUTF(table);
        out.writeInt(values.length);
        for (@Nullable Object value : values) {
            switch (value) {
                case null -> out.writeByte(0);
                case String text -> {
                    out.writeByte(1);
                    bytes(out, text.getBytes(StandardCharsets.UTF_8));
                }
                case OffsetDateTime time -> {
                    out.writeByte(1);
                    bytes(out, time.toString().getBytes(StandardCharsets.UTF_8));
                }
                case Number number -> {
                    out.writeByte(2);
                    out.writeLong(number.longValue());
                }
                case byte[] data -> {
                    out.writeByte(3);
                    bytes(out, data);
                }
                case Boolean flag -> {
                    out.writeByte(4);
                    out.writeBoolean(flag);
                }
                default -> throw new IOException(table + ": a " + value.getClass() + " cannot be kept");
            }
        }
        byte[] record = bytes.toByteArray();
        int length = record.length - HEADER;
        var crc = new CRC32();
        crc.update(record, HEADER, length);
        return ByteBuffer.wrap(record).putInt(0, length).putInt(Integer.BYTES, (int) crc.getValue());
    }

    private static void bytes(DataOutputStream out, byte[] data) throws IOException {
        out.writeInt(data.length);
        out.write(data);
    }

    private static void read(byte[] file, List<Row> found) throws IOException {
        var in = ByteBuffer.wrap(file);
        while (in.remaining() >= HEADER) {
            int length = in.getInt();
            int crc = in.getInt();
            if (length < 0 || length > LONGEST || length > in.remaining()) {
                return;
            }
            byte[] body = new byte[length];
            in.get(body);
            var check = new CRC32();
            check.update(body);
            if ((int) check.getValue() != crc) {
                return;
            }
            found.add(decode(body));
        }
    }

    private static Row decode(byte[] body) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(body));
        String table = in.readUTF();
        int count = in.readInt();
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < count; i++) {
            values.add(
                    switch (in.readByte()) {
                        case 0 -> null;
                        case 1 -> new String(bytes(in), StandardCharsets.UTF_8);
                        case 2 -> in.readLong();
                        case 3 -> bytes(in);
                        case 4 -> in.readBoolean();
                        default -> throw new IOException(table + ": an unknown kind of value");
                    });
        }
        return new Row(table, values);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] data = new byte[in.readInt()];
        if (in.readNBytes(data, 0, data.length) < data.length) {
            throw new EOFException();
        }
        return data;
    }
}
