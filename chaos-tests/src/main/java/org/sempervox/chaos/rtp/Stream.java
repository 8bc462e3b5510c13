package org.sempervox.chaos.rtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One phone's audio: where it is, and where it sends. */
public record Stream(InetSocketAddress local, InetSocketAddress remote) {
    /** A file of lines {@code host port host port}, local first. */
    public static void write(Path file, List<Stream> streams) throws IOException {
        Files.write(file, streams.stream().map(Stream::line).toList());
    }

    static List<Stream> read(Path file) throws IOException {
        var all = new ArrayList<Stream>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", -1);
            if (words.length != 4) {
                throw new IOException(file + ": \"" + line + "\", expected: host port host port");
            }
            all.add(new Stream(address(words[0], words[1]), address(words[2], words[3])));
        }
        return all;
    }

    private static InetSocketAddress address(String host, String port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), Integer.parseInt(port));
    }

    private String line() {
        return local.getAddress().getHostAddress() + " " + local.getPort() + " "
                + remote.getAddress().getHostAddress() + " " + remote.getPort();
    }
}
