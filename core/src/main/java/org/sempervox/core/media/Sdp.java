package org.sempervox.core.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sempervox.core.media.MediaPlan.RtpPeer;

/**
 * The little that a relaying back-to-back user agent needs of SDP (RFC 4566, RFC 3264): where a party receives, whether it holds, and the
 * same description with our address in it. One audio stream is relayed; other streams are refused with port 0.
 */
public final class Sdp {
    private final List<String> lines;

    private Sdp(List<String> lines) {
        this.lines = lines;
    }

    /** Empty if it is no SDP with an audio stream. */
    public static Optional<Sdp> parse(String body) {
        var lines = new ArrayList<String>();
        body.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        if (lines.isEmpty() || !lines.get(0).startsWith("v=")) {
            return Optional.empty();
        }
        var sdp = new Sdp(lines);
        return sdp.audioLine() < 0 ? Optional.empty() : Optional.of(sdp);
    }

    /** Where the party receives; empty for port 0, for 0.0.0.0 (RFC 2543's hold) and for names that are not numeric. */
    public Optional<RtpPeer> peer() {
        String host = connection();
        int port = audioPort();
        if (port <= 0 || host.isEmpty() || host.equals("0.0.0.0") || !numeric(host)) {
            return Optional.empty();
        }
        int rtcp = port + 1;
        for (String line : audioSection()) {
            if (line.equals("a=rtcp-mux")) {
                return Optional.of(new RtpPeer(host, port, port));
            }
            if (line.startsWith("a=rtcp:")) {
                rtcp = leadingNumber(line.substring("a=rtcp:".length()), rtcp);
            }
        }
        return Optional.of(new RtpPeer(host, port, rtcp));
    }

    /** The party does not want to hear the other: sendonly, inactive or 0.0.0.0 (RFC 3264 §8.4). */
    public boolean holds() {
        String direction = direction();
        return direction.equals("sendonly")
                || direction.equals("inactive")
                || connection().equals("0.0.0.0");
    }

    /**
     * The same description as if we were its author.
     *
     * @param session constant for a leg
     * @param version rises with each description sent on the leg (RFC 3264 §8)
     */
    public String relayed(String host, int port, long session, int version) {
        boolean oldHold = connection().equals("0.0.0.0");
        boolean v6 = host.indexOf(':') >= 0;
        String address = (v6 ? "IN IP6 " : "IN IP4 ") + host;
        var out = new StringBuilder(512);
        int audio = audioLine();
        boolean inAudio = false;
        boolean inOther = false;
        boolean connected = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("m=")) {
                if (!connected) {
                    out.append("c=").append(address).append("\r\n");
                    connected = true;
                }
                inAudio = i == audio;
                inOther = !inAudio;
                out.append(mediaLine(line, inAudio ? port : 0)).append("\r\n");
                if (inAudio && oldHold && direction().isEmpty()) {
                    out.append("a=sendonly\r\n");
                }
            } else if (line.startsWith("o=")) {
                out.append("o=- ")
                        .append(session)
                        .append(' ')
                        .append(version)
                        .append(' ')
                        .append(address)
                        .append("\r\n");
            } else if (line.startsWith("t=") && !connected) {
                out.append("c=").append(address).append("\r\n").append(line).append("\r\n");
                connected = true;
            } else if (!line.startsWith("c=") && !inOther && !(inAudio && transport(line))) {
                boolean heldBefore = inAudio && oldHold && line.equals("a=sendrecv");
                out.append(heldBefore ? "a=sendonly" : line).append("\r\n");
            }
        }
        return out.toString();
    }

    /** Attributes that speak of the party's own transport addresses. */
    private static boolean transport(String line) {
        return line.startsWith("a=rtcp:") || line.startsWith("a=candidate") || line.startsWith("a=ice-");
    }

    private static String mediaLine(String line, int port) {
        String[] parts = line.split(" ", 3);
        boolean disabled = parts.length > 1 && parts[1].equals("0");
        return parts.length < 3 ? line : parts[0] + " " + (disabled ? 0 : port) + " " + parts[2];
    }

    private String direction() {
        String direction = "";
        for (String line : audioSection()) {
            switch (line) {
                case "a=sendonly", "a=recvonly", "a=inactive", "a=sendrecv" -> direction = line.substring(2);
                default -> {}
            }
        }
        if (direction.isEmpty()) {
            for (String line : lines) {
                if (line.startsWith("m=")) {
                    break;
                }
                switch (line) {
                    case "a=sendonly", "a=recvonly", "a=inactive" -> direction = line.substring(2);
                    default -> {}
                }
            }
        }
        return direction;
    }

    private String connection() {
        for (String line : audioSection()) {
            if (line.startsWith("c=")) {
                return host(line);
            }
        }
        for (String line : lines) {
            if (line.startsWith("m=")) {
                break;
            }
            if (line.startsWith("c=")) {
                return host(line);
            }
        }
        return "";
    }

    private static String host(String line) {
        String[] parts = line.split(" ", 3);
        if (parts.length < 3) {
            return "";
        }
        int slash = parts[2].indexOf('/');
        return (slash < 0 ? parts[2] : parts[2].substring(0, slash)).trim();
    }

    private int audioPort() {
        String[] parts = lines.get(audioLine()).split(" ", 3);
        return parts.length < 2 ? 0 : leadingNumber(parts[1], 0);
    }

    private int audioLine() {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).toLowerCase(Locale.ROOT).startsWith("m=audio ")) {
                return i;
            }
        }
        return -1;
    }

    private List<String> audioSection() {
        int from = audioLine() + 1;
        int to = from;
        while (to < lines.size() && !lines.get(to).startsWith("m=")) {
            to++;
        }
        return lines.subList(from, to);
    }

    private static boolean numeric(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    private static int leadingNumber(String text, int otherwise) {
        int end = 0;
        while (end < text.length() && end < 5 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        if (end == 0) {
            return otherwise;
        }
        int value = Integer.parseInt(text.substring(0, end));
        return value <= 65535 ? value : otherwise;
    }
}
