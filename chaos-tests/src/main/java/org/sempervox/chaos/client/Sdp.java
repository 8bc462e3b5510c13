package org.sempervox.chaos.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As much of a session description as a phone with one audio stream needs.
 *
 * @param host connection address of the audio
 * @param port 0 if the audio was refused
 * @param mediaLines every m= line, the audio's own at {@code audioIndex}
 */
record Sdp(String host, int port, Direction direction, List<String> mediaLines, int audioIndex) {

    /** RFC 2543 hold: the address that takes nothing. */
    boolean zeroAddress() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    boolean canSend() {
        return direction.send;
    }

    /** Whether the writer takes audio at its address. */
    boolean canReceive() {
        return direction.receive && port != 0 && !zeroAddress();
    }

    /** Null if there is no audio stream in it. */
    static @Nullable Sdp parse(String text) {
        String sessionHost = "";
        String host = "";
        Direction session = Direction.SENDRECV;
        Direction media = null;
        List<String> mediaLines = new ArrayList<>();
        int audio = -1;
        for (String raw : text.split("\r?\n", -1)) {
            String line = raw.trim();
            boolean inAudio = audio >= 0 && audio == mediaLines.size() - 1;
            if (line.startsWith("m=")) {
                if (audio < 0 && line.startsWith("m=audio ")) {
                    audio = mediaLines.size();
                }
                mediaLines.add(line);
            } else if (line.startsWith("c=")) {
                String address = line.substring(line.lastIndexOf(' ') + 1);
                if (mediaLines.isEmpty()) {
                    sessionHost = address;
                } else if (inAudio) {
                    host = address;
                }
            } else {
                Direction direction = directionOf(line);
                if (direction != null && mediaLines.isEmpty()) {
                    session = direction;
                } else if (direction != null && inAudio) {
                    media = direction;
                }
            }
        }
        if (audio < 0) {
            return null;
        }
        return new Sdp(
                host.isEmpty() ? sessionHost : host,
                portOf(mediaLines.get(audio)),
                media == null ? session : media,
                mediaLines,
                audio);
    }

    private static @Nullable Direction directionOf(String line) {
        for (Direction direction : Direction.values()) {
            if (line.equals(direction.attribute())) {
                return direction;
            }
        }
        return null;
    }

    private static int portOf(String mediaLine) {
        String[] words = mediaLine.split(" ", -1);
        if (words.length < 4) {
            return 0;
        }
        String port = words[1];
        int slash = port.indexOf('/');
        try {
            return Integer.parseInt(slash < 0 ? port : port.substring(0, slash));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Writes a description with G.711 µ-law and telephone events.
     *
     * @param direction null leaves the attribute out
     * @param offer what it answers, null if it is an offer itself
     */
    static String write(
            long session, int version, String host, int port, @Nullable Direction direction, @Nullable Sdp offer) {
        String family = host.indexOf(':') >= 0 ? "IP6 " : "IP4 ";
        StringBuilder text = new StringBuilder(256);
        text.append("v=0\r\no=- ").append(session).append(' ').append(version);
        text.append(" IN ").append(family).append(host);
        text.append("\r\ns=-\r\nc=IN ").append(family).append(host).append("\r\nt=0 0\r\n");
        int lines = offer == null ? 1 : offer.mediaLines.size();
        int audio = offer == null ? 0 : offer.audioIndex;
        for (int i = 0; i < lines; i++) {
            if (i == audio) {
                text.append("m=audio ").append(port).append(" RTP/AVP 0 101\r\n");
                text.append("a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n");
                text.append("a=fmtp:101 0-15\r\na=ptime:20\r\n");
                if (direction != null) {
                    text.append(direction.attribute()).append("\r\n");
                }
            } else if (offer != null) {
                String[] words = offer.mediaLines.get(i).split(" ", 3);
                text.append(words[0]).append(" 0 ").append(words.length > 2 ? words[2] : "RTP/AVP 0");
                text.append("\r\n");
            }
        }
        return text.toString();
    }
}
