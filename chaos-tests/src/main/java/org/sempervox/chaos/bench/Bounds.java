package org.sempervox.chaos.bench;

import org.sempervox.cluster.settings.SettingsProblem;

/** Options that are numbers. */
public final class Bounds {
    private Bounds() {}

    public static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new SettingsProblem(option, Integer.toString(value), least + "-" + most);
        }
    }
}
