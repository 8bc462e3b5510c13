package org.sempervox.cluster.settings;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.Optional;

/** The PBX file: {@code tenants.<name> { extensions, queues }}; what outsiders write. */
public final class PbxFile {
    private PbxFile() {}

    /** The checked, resolved content. */
    public static Config read(Path file) {
        Config parsed = NodeFile.parse(file);
        check(parsed);
        return parsed;
    }

    /** Whether a file looks like a PBX file rather than a node file. */
    public static boolean looksLike(Path file) {
        return NodeFile.parse(file).hasPath("tenants");
    }

    static void check(Config parsed) {
        Section tenants = new Section("", parsed).section("tenants");
        if (tenants.config().root().isEmpty()) {
            throw new SettingsProblem(tenants.path(), "no tenant", "at least one, for example default { … }");
        }
        for (String tenant : tenants.config().root().keySet()) {
            Section section = tenants.section(tenant);
            if (section.has("extensions")) {
                section.sections("extensions").forEach(PbxFile::checkExtension);
            }
            if (section.has("queues")) {
                section.sections("queues").forEach(PbxFile::checkQueue);
            }
        }
    }

    private static void checkExtension(Section item) {
        item.only("range", "number", "password", "name", "ringSeconds", "noAnswer", "busy", "maxCalls");
        if (item.has("range") == item.has("number")) {
            throw new SettingsProblem(item.path(), "range and number: both or neither", "exactly one of them");
        }
        if (item.has("range")) {
            checkRange(item, item.text("range"));
        } else {
            checkDigits(item, "number");
        }
        if (item.has("password")) {
            item.secret("password");
        }
        item.optionalText("name");
        item.number("ringSeconds", 1, 600, 30);
        item.number("maxCalls", 0, 10_000, 0);
        for (String key : new String[] {"noAnswer", "busy"}) {
            if (item.has(key)) {
                checkDigits(item, key);
            }
        }
    }

    private static void checkRange(Section item, String range) {
        int dash = range.indexOf('-');
        if (!range.matches("[0-9]{1,9}-[0-9]{1,9}")
                || dash * 2 + 1 != range.length()
                || range.substring(0, dash).compareTo(range.substring(dash + 1)) > 0) {
            throw new SettingsProblem(item.at("range"), range, "first-last with the same number of digits");
        }
    }

    private static void checkDigits(Section item, String key) {
        Optional<String> value = item.optionalText(key);
        if (value.isEmpty() || !value.get().matches("[0-9*#+]{1,32}")) {
            throw new SettingsProblem(item.at(key), value.orElse("nothing"), "1 to 32 digits");
        }
    }

    private static void checkQueue(Section item) {
        checkDigits(item, "number");
        item.optionalText("name");
        if (item.has("agents")) {
            item.texts("agents");
        }
    }
}
