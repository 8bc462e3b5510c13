package org.sempervox.chaos.report;

import org.sempervox.chaos.report.Svg.Mark;

/** What the shapes and colours of a drawing mean. */
final class Legend {
    private final StringBuilder items = new StringBuilder();

    Legend area(String style, String meaning) {
        var svg = new Svg();
        svg.rect(1, 2, 18, 10, style, "");
        return item(svg, meaning);
    }

    Legend line(String style, String meaning) {
        var svg = new Svg();
        svg.line(1, 7, 19, 7, style);
        return item(svg, meaning);
    }

    Legend mark(Mark mark, String style, String meaning) {
        var svg = new Svg();
        svg.mark(mark, 10, 7, 4.5, style, "");
        return item(svg, meaning);
    }

    /** The faults of every drawing over time. */
    Legend faults(Run run) {
        return run.faults().isEmpty()
                ? this
                : area("band", "fault, until it was healed").area("after", "10 s after it: still counted as during");
    }

    private Legend item(Svg svg, String meaning) {
        items.append("<span>")
                .append(svg.swatch(20, 14))
                .append(Html.text(meaning))
                .append("</span>\n");
        return this;
    }

    String html() {
        return "<p class=\"legend\">\n" + items + "</p>\n";
    }
}
