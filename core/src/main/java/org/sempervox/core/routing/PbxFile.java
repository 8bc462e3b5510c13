package org.sempervox.core.routing;

import com.typesafe.config.Config;
import java.util.Optional;
import org.sempervox.core.extension.ExtensionSettings;

/** Extensions and their passwords as the PBX file gives them. Immutable; secrets stay in memory and never show in its text. */
public final class PbxFile {
    private final NumberPlan plan;

    PbxFile(NumberPlan plan) {
        this.plan = plan;
    }

    /** Reads {@code tenants.default} of a resolved configuration. */
    public static PbxReading read(Config config) {
        return new PbxReader().read(config);
    }

    public Optional<ExtensionSettings> settings(String number) {
        return plan.find(number).map(template -> template.settings(number));
    }

    /** Empty if there is no such extension or the file gives it none. */
    public Optional<String> password(String number) {
        return plan.find(number).flatMap(template -> template.passwordOf(number));
    }

    /** How many extensions there are. */
    public long size() {
        return plan.size();
    }

    @Override
    public String toString() {
        return "PbxFile[" + size() + " extensions]";
    }
}
