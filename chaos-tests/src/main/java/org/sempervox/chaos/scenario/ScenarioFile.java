package org.sempervox.chaos.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import org.sempervox.chaos.history.Expectations;
import org.sempervox.chaos.scenario.Scenario.Step;
import org.sempervox.cluster.settings.Section;
import org.sempervox.cluster.settings.SettingsProblem;

/** Reads scenarios: the ready ones by name, others by their file. Every refusal names the path, the value and what was expected. */
public final class ScenarioFile {
    /** The ready ones, in the order in which an operator would try them. */
    public static final List<String> READY = List.of(
            "kill-one",
            "kill-busiest",
            "frozen-node",
            "rolling-restart",
            "drain",
            "upgrade",
            "node-joins",
            "two-in-five-seconds",
            "storage-down",
            "power-cut",
            "clock-jump",
            "disk-full",
            "split-brain",
            "one-way-cut",
            "two-cut-apart",
            "lossy-network",
            "one-after-another",
            "everything-at-once");

    private static final String SIPP = "sipp-calls-per-second";
    private static final int MOST_SECONDS = 7 * 24 * 3600;

    private ScenarioFile() {}

    /** A ready scenario by its name, else a file; {@code seed} decides what is left to chance. */
    public static Scenario find(String nameOrFile, long seed) throws IOException {
        return parse(name(nameOrFile), text(nameOrFile), seed);
    }

    /** Its text. */
    public static String text(String nameOrFile) throws IOException {
        if (READY.contains(nameOrFile)) {
            try (InputStream in = ScenarioFile.class.getResourceAsStream(nameOrFile + ".conf")) {
                if (in == null) {
                    throw new IOException("the program lacks its scenario " + nameOrFile);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isReadable(file)) {
            throw new SettingsProblem("scenario", nameOrFile, "a readable file or one of " + String.join(", ", READY));
        }
        return Files.readString(file);
    }

    private static String name(String nameOrFile) {
        Path last = Path.of(nameOrFile).getFileName();
        String name = last == null ? nameOrFile : last.toString();
        return name.endsWith(".conf") ? name.substring(0, name.length() - ".conf".length()) : name;
    }

    /** From its text. */
    public static Scenario parse(String name, String text, long seed) {
        Section root = new Section("", config(text))
                .only("title", "topology", "spare", "store", "length", "load", "timeline", "random", "expect");
        Duration length = duration(root, "length", Duration.ofSeconds(45));
        var steps = new ArrayList<Step>();
        if (root.has("timeline")) {
            root.sections("timeline").forEach(section -> steps.add(step(section)));
        }
        if (root.has("random")) {
            steps.addAll(chance(root.section("random"), length, seed));
        }
        steps.sort(Comparator.comparing(Step::at));
        for (Step step : steps) {
            if (step.at().compareTo(length) >= 0) {
                throw new SettingsProblem(
                        "timeline",
                        step.at().toSeconds() + " s",
                        "a time within the length of " + length.toSeconds() + " s");
            }
        }
        return new Scenario(
                name,
                root.optionalText("title").orElse(name),
                root.optionalText("topology").orElse("office"),
                root.number("spare", 0, 2, 0),
                root.optionalText("store").orElse("h2"),
                length,
                load(root.has("load") ? root.section("load") : new Section("load", ConfigFactory.empty())),
                steps,
                expect(root.has("expect") ? root.section("expect") : new Section("expect", ConfigFactory.empty())));
    }

    private static Config config(String text) {
        try (Reader reader = new InputStreamReader(
                new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8)) {
            return ConfigFactory.parseReader(reader).resolve();
        } catch (ConfigException e) {
            throw new SettingsProblem("scenario", String.valueOf(e.getMessage()), "HOCON");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static Step step(Section section) {
        section.only("at", "fault", "target", "for", "percent", "seconds");
        return new Step(duration(section, "at", null), blow(section));
    }

    private static Blow blow(Section section) {
        String words = section.text("fault");
        FaultKind kind = FaultKind.of(words)
                .orElseThrow(() -> new SettingsProblem(
                        section.at("fault"),
                        words,
                        String.join(
                                ", ",
                                java.util.Arrays.stream(FaultKind.values())
                                        .map(FaultKind::text)
                                        .toList())));
        Target target =
                Target.of(section.at("target"), section.optionalText("target").orElse(otherwise(kind)));
        double amount = switch (kind) {
            case LOSS -> section.number("percent", 1, 100);
            case CLOCK -> section.number("seconds", -86_400, 86_400);
            case KILL,
                    FREEZE,
                    STOP,
                    ROLLING_RESTART,
                    DRAIN,
                    UPGRADE,
                    CUT,
                    CUT_ONE_WAY,
                    CUT_APART,
                    UNPLUG,
                    SPLIT,
                    POWER_OFF,
                    STORAGE_STOPPED,
                    STORAGE_SLOW,
                    STORAGE_NODE_DOWN,
                    POWER_CUT,
                    DISK_FULL,
                    JOIN -> 0;
        };
        return new Blow(kind, target, duration(section, "for", lasts(kind)), amount);
    }

    private static String otherwise(FaultKind kind) {
        return switch (kind) {
            case KILL, FREEZE, STOP, DRAIN, CUT, CUT_ONE_WAY, CUT_APART, UNPLUG, POWER_OFF, CLOCK, DISK_FULL ->
                "busiest";
            case SPLIT -> "minority";
            case LOSS, ROLLING_RESTART, UPGRADE, POWER_CUT -> "all";
            case STORAGE_STOPPED, STORAGE_SLOW, STORAGE_NODE_DOWN, JOIN -> "none";
        };
    }

    private static Duration lasts(FaultKind kind) {
        return switch (kind) {
            case FREEZE, DRAIN, CUT, CUT_ONE_WAY, CUT_APART, UNPLUG, SPLIT, CLOCK, DISK_FULL -> Duration.ofSeconds(20);
            case LOSS, STORAGE_STOPPED, STORAGE_SLOW -> Duration.ofSeconds(10);
            case POWER_OFF -> Duration.ofSeconds(15);
            case KILL, STOP, ROLLING_RESTART, UPGRADE, STORAGE_NODE_DOWN, POWER_CUT, JOIN -> Duration.ZERO;
        };
    }

    /** Faults at random moments, none before calls are up and none so late that nobody would see what it does. */
    private static List<Step> chance(Section section, Duration length, long seed) {
        section.only("first", "every", "calm", "faults");
        Duration first = duration(section, "first", Duration.ofSeconds(15));
        Duration every = duration(section, "every", Duration.ofSeconds(30));
        Duration last = length.minus(duration(section, "calm", Duration.ofSeconds(30)));
        List<Blow> blows = section.sections("faults").stream()
                .map(one -> one.only("fault", "target", "for", "percent", "seconds"))
                .map(ScenarioFile::blow)
                .toList();
        if (blows.isEmpty()) {
            throw new SettingsProblem(section.at("faults"), "an empty list", "at least one fault");
        }
        var random = new SplittableRandom(seed);
        var steps = new ArrayList<Step>();
        Duration at = first;
        while (at.compareTo(last) <= 0) {
            Blow blow = blows.get(random.nextInt(blows.size()));
            steps.add(new Step(at, blow));
            long pause = every.toMillis() / 2 + random.nextLong(every.toMillis() + 1);
            at = at.plus(blow.lasts()).plusMillis(pause);
        }
        return steps;
    }

    private static Load load(Section section) {
        section.only("calls-per-second", "talk", "held", "forked", "forwarded", "idle-phones", SIPP);
        List<String> talk = section.has("talk") ? section.texts("talk") : List.of("8 s", "16 s");
        if (talk.size() != 2) {
            throw new SettingsProblem(section.at("talk"), talk.toString(), "[shortest, longest]");
        }
        var load = new Load(
                decimal(section, "calls-per-second", 2, value -> value > 0 && value <= 400, "above 0, up to 400"),
                duration(section.at("talk"), talk.get(0)),
                duration(section.at("talk"), talk.get(1)),
                section.number("held", 0, 100, 20),
                section.number("forked", 0, 100, 10),
                section.number("forwarded", 0, 100, 10),
                section.number("idle-phones", 0, 10_000, 10),
                decimal(
                        section,
                        SIPP,
                        0,
                        value -> value == 0 || value >= 0.01 && value <= 50,
                        "from 0.01 to 50, or 0"));
        if (load.forkedPercent() + load.forwardedPercent() > 100) {
            throw new SettingsProblem(
                    section.at("forked"), "with forwarded more than 100", "at most 100 percent in all");
        }
        if (load.talkTo().compareTo(load.talkFrom()) <= 0) {
            throw new SettingsProblem(section.at("talk"), talk.toString(), "[shortest, longest], longest being longer");
        }
        return load;
    }

    private static Expectations expect(Section section) {
        section.only("audio-gap", "new-call", "failed-calls", "lost-calls", "estimated-records", "fenced");
        return new Expectations(
                limit(section, "audio-gap", 1000),
                limit(section, "new-call", 4000),
                section.number("failed-calls", 0, 1_000_000, 0),
                section.number("lost-calls", 0, 1_000_000, 0),
                flag(section, "estimated-records"),
                flag(section, "fenced"));
    }

    private static double limit(Section section, String key, double otherwise) {
        if (!section.has(key)) {
            return otherwise;
        }
        return section.text(key).equals("any")
                ? -1
                : duration(section, key, null).toMillis();
    }

    private static boolean flag(Section section, String key) {
        ConfigValue value = section.config().root().get(key);
        if (value == null) {
            return false;
        }
        if (value.unwrapped() instanceof Boolean flag) {
            return flag;
        }
        throw section.problem(key, value, "true or false");
    }

    private static double decimal(
            Section section, String key, double otherwise, DoublePredicate allowed, String expected) {
        if (!section.has(key)) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(section.text(key));
            if (allowed.test(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new SettingsProblem(section.at(key), section.text(key), "a number " + expected);
    }

    private static Duration duration(
            Section section, String key, @org.jspecify.annotations.Nullable Duration otherwise) {
        if (!section.has(key) && otherwise != null) {
            return otherwise;
        }
        return duration(section.at(key), section.text(key));
    }

    private static Duration duration(String path, String text) {
        try {
            Duration value = ConfigFactory.parseString("d = \"" + text.replace("\"", "") + "\"")
                    .getDuration("d");
            if (!value.isNegative() && value.toSeconds() <= MOST_SECONDS) {
                return value;
            }
        } catch (ConfigException e) {
            // told below
        }
        throw new SettingsProblem(path, text, "a time with its unit, as in 15 s");
    }
}
