package org.sempervox.chaos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.verdict.CallStory;
import org.sempervox.chaos.verdict.Finding;
import org.sempervox.chaos.verdict.Judged;

/** For each check that is not green: what it means, which files to open, and the commands that find the lines. */
final class WhereToLook {
    private static final Pattern CALL = Pattern.compile("^call (\\d+) \\(");
    private static final int MOST_CALLS = 3;

    private final Run run;
    private final RunFiles files;

    private WhereToLook(Run run, RunFiles files) {
        this.run = run;
        this.files = files;
    }

    static String html(Run run, RunFiles files) {
        var page = new WhereToLook(run, files);
        String sections = red(run).stream().map(page::section).collect(Collectors.joining());
        if (sections.isEmpty()) {
            return "";
        }
        return """
                <h2 id="look">Where to look</h2>
                <p>The commands are for the folder of this run. Each line of <code>history.jsonl</code> begins with its number <code>n</code>.</p>
                """ + sections + CallLines.html(run, calls(run));
    }

    private static List<Finding> red(Run run) {
        return run.verdict().findings().stream()
                .filter(finding -> finding.judged() == Judged.FAIL || finding.judged() == Judged.UNKNOWN)
                .toList();
    }

    private static Set<Long> calls(Run run) {
        var all = new TreeSet<Long>();
        red(run).forEach(finding -> all.addAll(calls(finding)));
        return all;
    }

    /** The calls that its reasons begin with. */
    static Set<Long> calls(Finding finding) {
        var found = new TreeSet<Long>();
        for (String reason : finding.reasons()) {
            var matcher = CALL.matcher(reason);
            if (matcher.find()) {
                found.add(Long.parseLong(matcher.group(1)));
            }
        }
        return found;
    }

    private String section(Finding finding) {
        Advice advice = Advice.of(finding.checker());
        return """
                <section class="look" id="look-%s">
                <h3>%s %s</h3>
                <p>%s</p>
                %s<pre>%s</pre>
                <p class="small">Files: %s</p>
                </section>
                """.formatted(
                        Html.text(finding.checker()),
                        CheckTable.icon(finding.judged()),
                        Html.text(finding.checker()),
                        Html.text(advice.meaning()),
                        links(finding),
                        commands(finding, advice).stream().map(Html::text).collect(Collectors.joining("\n")),
                        files(advice));
    }

    private String links(Finding finding) {
        String links = calls(finding).stream()
                .map(call -> "<a href=\"#call-" + call + "\">call " + call + "</a>")
                .collect(Collectors.joining(", "));
        return links.isEmpty() ? "" : "<p>Line by line: " + links + ".</p>\n";
    }

    private List<String> commands(Finding finding, Advice advice) {
        var commands = new ArrayList<String>();
        Set<Long> named = calls(finding);
        if (!named.isEmpty()) {
            run.calls().stream()
                    .filter(call -> named.contains(call.id()))
                    .limit(MOST_CALLS)
                    .forEach(call -> commands.addAll(commands(call, advice)));
        }
        commands.add(Shell.line("grep", "-E", advice.filter(), HistoryFile.NAME));
        return commands;
    }

    private List<String> commands(CallStory call, Advice advice) {
        var commands = new ArrayList<String>();
        commands.add(Shell.line("grep", "-F", "\"call\":" + call.id() + ",", HistoryFile.NAME));
        List<String> ids = call.over().map(Entry.Over::callIds).orElse(List.of());
        String places =
                (files.trace() ? " " + RunFiles.TRACE : "") + (files.logs().isEmpty() ? "" : " cluster/*.log");
        if (!ids.isEmpty() && !places.isEmpty()) {
            commands.add("grep -n -F"
                    + ids.stream().map(id -> " -e " + Shell.quoted(id)).collect(Collectors.joining()) + places);
        }
        if (!ids.isEmpty() && advice.network() && !files.captures().isEmpty()) {
            String either = ids.stream()
                    .map(id -> "sip.Call-ID == \"" + id.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                    .collect(Collectors.joining(" || "));
            commands.add("for f in capture/*.pcap; do tshark -r \"$f\" -Y " + Shell.quoted(either) + "; done");
        }
        return commands;
    }

    private String files(Advice advice) {
        return files.names().stream()
                .filter(name -> advice.network() || !files.captures().contains(name))
                .map(name -> "<code>" + Html.text(name) + "</code>")
                .collect(Collectors.joining(", "));
    }
}
