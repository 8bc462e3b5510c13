package org.sempervox.chaos.run;

import java.util.Optional;
import org.sempervox.chaos.ground.Inventory;
import org.sempervox.chaos.load.Office;
import org.sempervox.chaos.scenario.FaultKind.Needs;
import org.sempervox.chaos.scenario.Scenario;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.cluster.settings.SettingsProblem;

/** What a scenario cannot do without, looked at before anything is started. */
final class Requirements {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Requirements() {}

    static String words(Scenario scenario) {
        var words = new StringBuilder();
        if (scenario.needs(Needs.NETWORK)) {
            words.append(" (needs --netns, or an inventory that knows how)");
        }
        if (scenario.needs(Needs.MOUNT) || scenario.needs(Needs.FAKETIME)) {
            words.append(" (needs root)");
        }
        if (scenario.needs(Needs.OLDER_BUILD)) {
            words.append(" (needs --from)");
        }
        if (scenario.load().sippCallsPerSecond() > 0) {
            words.append(" (needs SIPp)");
        }
        return words.toString();
    }

    /** Throws with what is missing and the way out. */
    static void check(Scenario scenario, boolean network, Optional<Inventory> inventory, boolean older) {
        check(scenario, network, inventory, older, System.getenv().getOrDefault("PATH", ""));
    }

    static void check(Scenario scenario, boolean network, Optional<Inventory> inventory, boolean older, String path) {
        if (scenario.load().sippCallsPerSecond() > 0) {
            Sipp.find(path);
        }
        if (inventory.isPresent()) {
            accounts(scenario, inventory.get());
            return;
        }
        if (scenario.needs(Needs.NETWORK) && !network) {
            throw new SettingsProblem(
                    "scenario " + scenario.name(),
                    "faults of the network on a cluster whose nodes share one",
                    "--netns, which gives each node a network of its own (as root)");
        }
        if (network && scenario.needs(Needs.FAKETIME)) {
            throw new SettingsProblem(
                    "--netns", "scenario " + scenario.name(), "no --netns with a clock of a node's own");
        }
        if (network && scenario.store().equals("cassandra")) {
            throw new SettingsProblem(
                    "--netns", "--store cassandra", "--store h2: those Cassandras are on the loopback");
        }
        if (scenario.needs(Needs.MOUNT) && !ROOT) {
            throw new SettingsProblem(
                    "scenario " + scenario.name(),
                    "a full disk as user " + System.getProperty("user.name"),
                    "root, who may mount a small disk");
        }
        if (scenario.needs(Needs.OLDER_BUILD) && !older) {
            throw new SettingsProblem(
                    "--from",
                    "nothing",
                    "the folder of the build before this one; checks/build-distribution TAG makes it and tells its name");
        }
        if (scenario.needs(Needs.CASSANDRA) && !scenario.store().equals("cassandra")) {
            throw new SettingsProblem(
                    "scenario " + scenario.name(), "store = " + scenario.store(), "--store cassandra for that fault");
        }
    }

    static void accounts(Scenario scenario, Inventory inventory) {
        int needed = Office.extensions(scenario.load());
        if (inventory.accounts().count() < needed) {
            throw new SettingsProblem(
                    "accounts.count of the inventory",
                    Integer.toString(inventory.accounts().count()),
                    "%d or more for the phones of scenario %s, or fewer calls-per-second, sipp-calls-per-second and idle-phones"
                            .formatted(needed, scenario.name()));
        }
    }
}
