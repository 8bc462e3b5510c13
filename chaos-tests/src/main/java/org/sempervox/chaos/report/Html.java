package org.sempervox.chaos.report;

import java.util.Locale;

/** Text and figures as a page may hold them. Names and reasons come from outside: all of them pass {@link #text}. */
final class Html {
    private Html() {}

    /** For elements and for attributes in double or single quotes; what cannot be seen is made visible. */
    static String text(String raw) {
        var out = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append(' ');
                default -> out.appendCodePoint(invisible(point) ? 0xFFFD : point);
            }
        });
        return out.toString();
    }

    /** Control characters, and those that turn the direction of what follows. */
    private static boolean invisible(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }

    /** {@code 15.0 s}. */
    static String seconds(double ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1000);
    }

    /** {@code 180 ms}, {@code 12.4 s}. */
    static String duration(double ms) {
        return ms < 10_000 ? String.format(Locale.ROOT, "%.0f ms", ms) : seconds(ms);
    }

    /** {@code 1 call}, {@code 3 calls}. */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** At most so many characters. */
    static String brief(String raw, int most) {
        return raw.length() <= most ? raw : raw.substring(0, Math.max(0, most - 1)) + "…";
    }
}
