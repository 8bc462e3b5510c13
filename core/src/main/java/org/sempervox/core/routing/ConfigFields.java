package org.sempervox.core.routing;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fields of one object of the PBX file; what is wrong goes to {@code faults}, and reading goes on with the default. */
final class ConfigFields {
    private static final String MISSING = "(missing)";
    private final String path;
    private final ConfigObject object;
    private final Consumer<PbxFault> faults;

    ConfigFields(String path, ConfigObject object, Consumer<PbxFault> faults) {
        this.path = path;
        this.object = object;
        this.faults = faults;
    }

    String path(String field) {
        return path + "." + field;
    }

    boolean has(String field) {
        return object.containsKey(field);
    }

    /** Fields that nobody reads are mistakes. */
    void only(List<String> known) {
        object.keySet().stream()
                .filter(field -> !known.contains(field))
                .sorted()
                .forEach(field -> fault(field, "an unknown field", "one of " + String.join(", ", known)));
    }

    /** A text or a number, as written; null if missing. */
    @Nullable
    String text(String field) {
        ConfigValue value = object.get(field);
        if (value == null) {
            return null;
        }
        if (Set.of(ConfigValueType.STRING, ConfigValueType.NUMBER).contains(value.valueType())) {
            return object.toConfig().getString(field);
        }
        fault(field, value.valueType().name().toLowerCase(Locale.ROOT), "a text");
        return null;
    }

    int whole(String field, int otherwise, int least, int most) {
        String text = text(field);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, like a number out of bounds
        }
        fault(field, text, "a whole number from " + least + " to " + most);
        return otherwise;
    }

    void missing(String field, String expected) {
        fault(field, MISSING, expected);
    }

    void fault(String field, String found, String expected) {
        faults.accept(new PbxFault(path(field), found, expected));
    }
}
