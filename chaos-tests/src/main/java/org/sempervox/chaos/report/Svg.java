package org.sempervox.chaos.report;

import java.util.Locale;

/** A drawing in the making; sizes in pixels, colours by class. Each thing can have a title, which browsers show under the pointer. */
final class Svg {
    /** Shapes, so that colour is never the only difference. */
    enum Mark {
        CIRCLE,
        DIAMOND,
        CROSS,
        UP,
        DOWN,
        SQUARE
    }

    /** Where a text stands. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final StringBuilder body = new StringBuilder();

    void rect(double x, double y, double width, double height, String style, String title) {
        element(
                String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"",
                        style,
                        x,
                        y,
                        Math.max(0, width),
                        Math.max(0, height)),
                "rect",
                title);
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        body.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    void path(String path, String style) {
        body.append("<path class=\"")
                .append(style)
                .append("\" d=\"")
                .append(path)
                .append("\"/>\n");
    }

    void text(double x, double y, String style, Anchor anchor, String text) {
        String align = switch (anchor) {
            case START -> "start";
            case MIDDLE -> "middle";
            case END -> "end";
        };
        body.append(String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                        style,
                        x,
                        y,
                        align))
                .append(Html.text(text))
                .append("</text>\n");
    }

    /** A text that is read from below. */
    void upright(double x, double y, String text) {
        body.append(String.format(
                        Locale.ROOT,
                        "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(%.1f %.1f) rotate(-90)\">",
                        x,
                        y))
                .append(Html.text(text))
                .append("</text>\n");
    }

    void mark(Mark mark, double x, double y, double r, String style, String title) {
        String path = switch (mark) {
            case CIRCLE ->
                String.format(
                        Locale.ROOT,
                        "M%.1f %.1fa%.1f %.1f 0 1 0 %.1f 0a%.1f %.1f 0 1 0 %.1f 0z",
                        x - r,
                        y,
                        r,
                        r,
                        2 * r,
                        r,
                        r,
                        -2 * r);
            case DIAMOND ->
                String.format(
                        Locale.ROOT,
                        "M%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fz",
                        x,
                        y - r * 1.25,
                        r * 1.25,
                        r * 1.25,
                        -r * 1.25,
                        r * 1.25,
                        -r * 1.25,
                        -r * 1.25);
            case CROSS ->
                String.format(
                        Locale.ROOT,
                        "M%.1f %.1fl%.1f %.1fM%.1f %.1fl%.1f %.1f",
                        x - r,
                        y - r,
                        2 * r,
                        2 * r,
                        x - r,
                        y + r,
                        2 * r,
                        -2 * r);
            case UP -> String.format(Locale.ROOT, "M%.1f %.1fl%.1f %.1fh%.1fz", x, y - r, r, 2 * r, -2 * r);
            case DOWN -> String.format(Locale.ROOT, "M%.1f %.1fl%.1f %.1fh%.1fz", x, y + r, r, -2 * r, -2 * r);
            case SQUARE -> String.format(Locale.ROOT, "M%.1f %.1fh%.1fv%.1fh%.1fz", x - r, y - r, 2 * r, 2 * r, -2 * r);
        };
        String shape = mark == Mark.CROSS ? " stroked" : "";
        element("<path class=\"" + style + shape + "\" d=\"" + path + "\"", "path", title);
    }

    private void element(String begin, String name, String title) {
        if (title.isEmpty()) {
            body.append(begin).append("/>\n");
        } else {
            body.append(begin)
                    .append("><title>")
                    .append(Html.text(title))
                    .append("</title></")
                    .append(name)
                    .append(">\n");
        }
    }

    /** A drawing that is as wide as the page lets it; {@code what} for those who cannot see it. */
    String drawing(double width, double height, String what) {
        return String.format(
                        Locale.ROOT,
                        "<svg class=\"plot\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"",
                        width,
                        height)
                + Html.text(what) + "\">\n" + body + "</svg>\n";
    }

    /** A small one within text, as in a legend. */
    String swatch(double width, double height) {
        return String.format(
                        Locale.ROOT,
                        "<svg class=\"swatch\" width=\"%.0f\" height=\"%.0f\" aria-hidden=\"true\">",
                        width,
                        height)
                + body + "</svg>";
    }
}
