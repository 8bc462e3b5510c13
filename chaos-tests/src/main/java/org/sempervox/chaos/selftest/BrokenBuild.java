package org.sempervox.chaos.selftest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sempervox.chaos.scenario.Scenario;
import org.sempervox.chaos.scenario.ScenarioFile;

/**
 * The product with one fault.
 *
 * @param name as in the command line and in the agent's argument
 * @param description what is wrong with it
 * @param scenario the short one that it runs
 * @param checkers names of those of which at least one must say that it failed; empty for a healthy one, on which all must pass
 * @param patches none for a healthy one
 */
public record BrokenBuild(
        String name, String description, String scenario, List<String> checkers, List<Patch> patches) {
    public BrokenBuild {
        checkers = List.copyOf(checkers);
        patches = List.copyOf(patches);
    }

    /** Control: what turns a broken build red must be green on the same scenario. */
    static BrokenBuild healthy(String scenario) {
        return new BrokenBuild("healthy-" + scenario, "nothing is broken", scenario, List.of(), List.of());
    }

    public boolean isHealthy() {
        return patches.isEmpty();
    }

    /** Its scenario; {@code seed} decides what is left to chance. */
    public Scenario scenario(long seed) throws IOException {
        try (InputStream in = BrokenBuild.class.getResourceAsStream(scenario + ".conf")) {
            if (in == null) {
                throw new IOException("the program lacks its scenario " + scenario);
            }
            return ScenarioFile.parse(scenario, new String(in.readAllBytes(), StandardCharsets.UTF_8), seed);
        }
    }
}
