package org.sempervox.chaos.simulation.story;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Stories as text, one line each; what {@link #print} writes, {@link #parse} reads. */
public final class StoryText {
    private StoryText() {}

    public static List<String> print(Story story) {
        var text = new ArrayList<String>();
        text.add("nodes " + story.nodes());
        story.lines().forEach(line -> text.add(print(line)));
        return text;
    }

    static String print(Line line) {
        return switch (line) {
            case Line.Phone p ->
                "phone " + p.name() + " extension " + p.extension() + " at " + p.service() + " rings " + p.rings()
                        + (p.answers() < 0 ? " never-answers" : " answers " + p.answers())
                        + (p.refuses() == 0 ? "" : " refuses " + p.refuses())
                        + (p.early() ? " early-media" : "")
                        + (p.offersLate() ? " offers-late" : "");
            case Line.Extension e ->
                "extension " + e.number() + " rings " + e.rings()
                        + (e.noAnswer().isEmpty() ? "" : " then " + e.noAnswer())
                        + (e.busy().isEmpty() ? "" : " busy " + e.busy())
                        + (e.limit() == 0 ? "" : " limit " + e.limit());
            case Line.Action a ->
                "at " + a.at() + " phone " + a.phone() + " " + a.verb().text()
                        + (a.value().isEmpty() ? "" : " " + a.value());
            case Line.NodeFault f ->
                "at " + f.at() + " node " + f.node() + " " + f.kind().text() + " for " + f.lasts();
            case Line.StoreFault f ->
                "at " + f.at() + " store " + (f.slower() == 0 ? "fails" : "slower " + f.slower()) + " for " + f.lasts();
            case Line.Sky s ->
                "sky loses " + s.loses() + " repeats " + s.repeats() + " delays " + s.delays() + " seed " + s.seed();
            case Line.Fate f ->
                f.what().name().toLowerCase(Locale.ROOT) + (f.what() == Line.Misfortune.DELAY ? " " + f.late() : "")
                        + " packet " + f.packet();
        };
    }

    /**
     * Empty lines and those that begin with {@code #} are left out.
     *
     * @throws IllegalArgumentException naming the line that is none of a story
     */
    public static Story parse(List<String> text) {
        int nodes = 2;
        var lines = new ArrayList<Line>();
        for (String raw : text) {
            String trimmed = raw.strip();
            if (trimmed.isEmpty() || trimmed.startsWith("#")) {
                continue;
            }
            try {
                if (trimmed.startsWith("nodes ")) {
                    nodes = Integer.parseInt(trimmed.substring(6));
                } else {
                    lines.add(line(trimmed));
                }
            } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
                throw new IllegalArgumentException("no line of a story: \"" + trimmed + "\"", e);
            }
        }
        return new Story(nodes, lines);
    }

    private static Line line(String text) {
        Iterator<String> words = List.of(text.split(" +")).iterator();
        return switch (words.next()) {
            case "phone" -> phone(words);
            case "extension" -> extension(words);
            case "at" -> timed(words);
            case "sky" -> sky(words);
            case "lose" -> new Line.Fate(Line.Misfortune.LOSE, 0, packet(words));
            case "repeat" -> new Line.Fate(Line.Misfortune.REPEAT, 0, packet(words));
            case "delay" -> new Line.Fate(Line.Misfortune.DELAY, number(words), packet(words));
            default -> throw new IllegalArgumentException("unknown");
        };
    }

    private static Line phone(Iterator<String> words) {
        String name = words.next();
        Line.Phone phone = Line.Phone.plain(name);
        while (words.hasNext()) {
            phone = switch (words.next()) {
                case "extension" -> phone(phone, words.next(), phone.service(), phone.answers(), phone.refuses());
                case "at" -> phone(phone, phone.extension(), number(words), phone.answers(), phone.refuses());
                case "rings" ->
                    new Line.Phone(
                            name,
                            phone.extension(),
                            phone.service(),
                            number(words),
                            phone.answers(),
                            phone.refuses(),
                            phone.early(),
                            phone.offersLate());
                case "answers" -> phone(phone, phone.extension(), phone.service(), number(words), phone.refuses());
                case "never-answers" -> phone(phone, phone.extension(), phone.service(), -1, phone.refuses());
                case "refuses" -> phone(phone, phone.extension(), phone.service(), phone.answers(), number(words));
                case "early-media" -> media(phone, true, phone.offersLate());
                case "offers-late" -> media(phone, phone.early(), true);
                default -> throw new IllegalArgumentException("unknown");
            };
        }
        return phone;
    }

    private static Line.Phone phone(Line.Phone old, String extension, int service, int answers, int refuses) {
        return new Line.Phone(
                old.name(), extension, service, old.rings(), answers, refuses, old.early(), old.offersLate());
    }

    private static Line.Phone media(Line.Phone old, boolean early, boolean offersLate) {
        return new Line.Phone(
                old.name(),
                old.extension(),
                old.service(),
                old.rings(),
                old.answers(),
                old.refuses(),
                early,
                offersLate);
    }

    private static Line extension(Iterator<String> words) {
        String number = words.next();
        int rings = 20_000;
        String noAnswer = "";
        String busy = "";
        int limit = 0;
        while (words.hasNext()) {
            switch (words.next()) {
                case "rings" -> rings = number(words);
                case "then" -> noAnswer = words.next();
                case "busy" -> busy = words.next();
                case "limit" -> limit = number(words);
                default -> throw new IllegalArgumentException("unknown");
            }
        }
        return new Line.Extension(number, rings, noAnswer, busy, limit);
    }

    private static Line timed(Iterator<String> words) {
        int at = number(words);
        return switch (words.next()) {
            case "phone" -> {
                String phone = words.next();
                Line.Verb verb =
                        Line.Verb.valueOf(words.next().toUpperCase(Locale.ROOT).replace('-', '_'));
                yield new Line.Action(at, phone, verb, verb.hasValue() ? words.next() : "");
            }
            case "node" -> {
                String node = words.next();
                var kind = Line.NodeFault.Kind.valueOf(
                        words.next().toUpperCase(Locale.ROOT).replace('-', '_'));
                expect(words, "for");
                yield new Line.NodeFault(at, node, kind, number(words));
            }
            case "store" -> {
                int slower = words.next().equals("fails") ? 0 : number(words);
                expect(words, "for");
                yield new Line.StoreFault(at, number(words), slower);
            }
            default -> throw new IllegalArgumentException("unknown");
        };
    }

    private static Line sky(Iterator<String> words) {
        expect(words, "loses");
        int loses = number(words);
        expect(words, "repeats");
        int repeats = number(words);
        expect(words, "delays");
        int delays = number(words);
        expect(words, "seed");
        return new Line.Sky(loses, repeats, delays, Long.parseLong(words.next()));
    }

    private static String packet(Iterator<String> words) {
        expect(words, "packet");
        var name = new StringBuilder(words.next());
        words.forEachRemaining(word -> name.append(' ').append(word));
        return name.toString();
    }

    private static void expect(Iterator<String> words, String word) {
        if (!words.next().equals(word)) {
            throw new IllegalArgumentException("expected " + word);
        }
    }

    private static int number(Iterator<String> words) {
        return Integer.parseInt(words.next());
    }
}
