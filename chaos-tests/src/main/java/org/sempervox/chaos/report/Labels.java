package org.sempervox.chaos.report;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.report.Svg.Anchor;

/** Numbers of calls right or left of their marks: one that would cover another one, or leave the drawing, is left out; its mark has it as its title. */
final class Labels {
    private static final double CHARACTER = 7;
    private static final double LINE = 13;

    private record Box(double left, double right, double y, String text) {
        boolean covers(Box other) {
            return left < other.right && other.left < right && Math.abs(y - other.y) < LINE;
        }
    }

    private final Svg svg;
    private final List<Box> taken = new ArrayList<>();

    Labels(Svg svg) {
        this.svg = svg;
    }

    /** Room that a mark needs, told before the labels. */
    void mark(double x, double y) {
        taken.add(new Box(x - 6, x + 6, y, ""));
    }

    void label(double x, double y, String text) {
        double width = text.length() * CHARACTER;
        var right = new Box(x + 8, x + 8 + width, y, text);
        var left = new Box(x - 8 - width, x - 8, y, text);
        if (taken.stream().anyMatch(box -> box.text().equals(text) && (box.covers(right) || box.covers(left)))) {
            return;
        }
        for (Box box : List.of(right, left)) {
            if (box.right() <= TimePlot.WIDTH && taken.stream().noneMatch(box::covers)) {
                taken.add(box);
                svg.text(box.left(), y + 4, "bad", Anchor.START, text);
                return;
            }
        }
    }
}
