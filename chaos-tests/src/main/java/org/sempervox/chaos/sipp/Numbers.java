package org.sempervox.chaos.sipp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The extensions of a test office: six digits from 100000, with the passwords {@code pw<number>}. */
public record Numbers(int count) {
    public static final int MOST = 100_000;
    private static final int FIRST = 100_000;

    /** The PBX file that has them. */
    public String pbxFile() {
        return "tenants.default.extensions = [ { range = \"%d-%d\", password = \"pw{number}\", ringSeconds = 60 } ]%n"
                .formatted(FIRST, FIRST + count - 1);
    }

    /** So many of them, evenly spread; all if there are no more. */
    public List<Integer> spread(int wanted) {
        int taken = Math.min(wanted, count);
        var all = new ArrayList<Integer>(taken);
        for (int i = 0; i < taken; i++) {
            all.add(FIRST + (int) ((long) i * count / taken));
        }
        return all;
    }

    /** The file for {@link Scenario#REGISTER}. */
    public static Path registrations(Path file, List<Integer> numbers) throws IOException {
        return registrationsOf(file, numbers.stream().map(Numbers::of).toList());
    }

    /** The same for phones of any numbers and passwords. */
    public static Path registrationsOf(Path file, List<Credentials> phones) throws IOException {
        return write(
                file,
                phones.stream().map(one -> one.number() + ";" + one.field()).toList());
    }

    /** The file for {@link Scenario#CALLER}: callers and callees side by side. */
    public static Path calls(Path file, List<Integer> callers, List<Integer> callees) throws IOException {
        return callsOf(
                file,
                callers.stream().map(Numbers::of).toList(),
                callees.stream().map(Numbers::of).toList());
    }

    /** The same for phones of any numbers and passwords. */
    public static Path callsOf(Path file, List<Credentials> callers, List<Credentials> callees) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < callers.size(); i++) {
            Credentials caller = callers.get(i);
            lines.add(caller.number() + ";" + callees.get(i % callees.size()).number() + ";" + caller.field());
        }
        return write(file, lines);
    }

    /** The file for {@link Scenario#CALLER_WITH_AUDIO}: a line for each call, every second RTP port from the first. */
    public static Path callsWithAudio(Path file, List<Integer> callers, List<Integer> callees, int calls, int firstPort)
            throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < calls; i++) {
            int caller = callers.get(i % callers.size());
            lines.add(caller + ";" + callees.get(i % callees.size()) + ";"
                    + of(caller).field() + (firstPort + 2 * i) + ";");
        }
        return write(file, lines);
    }

    /** The file for {@link Scenario#CALLEE_WITH_AUDIO}. */
    public static Path ports(Path file, int calls, int firstPort) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < calls; i++) {
            lines.add((firstPort + 2 * i) + ";");
        }
        return write(file, lines);
    }

    private static Credentials of(int number) {
        return new Credentials(Integer.toString(number), "pw" + number);
    }

    private static Path write(Path file, List<String> lines) throws IOException {
        var all = new ArrayList<String>(List.of("SEQUENTIAL"));
        all.addAll(lines);
        return Files.write(file, all);
    }
}
