package org.sempervox.core.routing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a PBX file once; collects all faults, so that an operator sees them in one go. */
final class PbxReader {
    private static final String ROOT = "tenants.default";
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z+*#._-]{1,32}");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,15})-([0-9]{1,15})");
    private static final String NUMBER_EXPECTED = "1 to 32 of digits, letters and + * # . _ -";
    private static final List<String> EXTENSION =
            List.of("number", "range", "password", "name", "ringSeconds", "noAnswer", "busy", "maxCalls");

    private final List<PbxFault> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final NumberPlan plan = new NumberPlan();
    private final Set<String> queues = new HashSet<>();
    private final List<ExtensionTemplate> templates = new ArrayList<>();

    PbxReading read(Config config) {
        ConfigObject tenants = object(config.root(), "tenants", "tenants");
        if (tenants != null) {
            new ConfigFields("tenants", tenants, faults::add).only(List.of("default"));
            ConfigObject tenant = object(tenants, "default", ROOT);
            if (tenant != null) {
                readTenant(tenant);
            }
        }
        return faults.isEmpty() ? new PbxReading.Accepted(new PbxFile(plan), warnings) : new PbxReading.Refused(faults);
    }

    private void readTenant(ConfigObject tenant) {
        new ConfigFields(ROOT, tenant, faults::add).only(List.of("extensions", "queues"));
        each(tenant, "extensions", this::readExtension);
        each(tenant, "queues", this::readQueue);
        templates.forEach(template -> {
            checkForward(template, "noAnswer", template.noAnswer());
            checkForward(template, "busy", template.busy());
        });
    }

    private @Nullable ConfigObject object(ConfigObject parent, String key, String path) {
        ConfigValue value = parent.get(key);
        if (value instanceof ConfigObject object) {
            return object;
        }
        faults.add(new PbxFault(path, value == null ? "(missing)" : kind(value), "an object"));
        return null;
    }

    private void each(ConfigObject tenant, String key, BiConsumer<String, ConfigObject> reader) {
        ConfigValue value = tenant.get(key);
        String path = ROOT + "." + key;
        if (value instanceof ConfigList list) {
            for (int i = 0; i < list.size(); i++) {
                String at = path + "[" + i + "]";
                if (list.get(i) instanceof ConfigObject item) {
                    reader.accept(at, item);
                } else {
                    faults.add(new PbxFault(at, kind(list.get(i)), "an object"));
                }
            }
        } else if (value != null) {
            faults.add(new PbxFault(path, kind(value), "a list"));
        }
    }

    private static String kind(ConfigValue value) {
        return "a value of type " + value.valueType().name().toLowerCase(Locale.ROOT);
    }

    private void readExtension(String path, ConfigObject item) {
        var fields = new ConfigFields(path, item, faults::add);
        fields.only(EXTENSION);
        String name = fields.text("name");
        var template = new ExtensionTemplate(
                path,
                password(fields),
                name == null ? "" : name,
                Duration.ofSeconds(fields.whole("ringSeconds", 30, 1, 600)),
                fields.text("noAnswer"),
                fields.text("busy"),
                fields.whole("maxCalls", 0, 0, 1000));
        templates.add(template);
        if (fields.has("number") == fields.has("range")) {
            fields.missing("number", "either number or range");
        } else if (fields.has("number")) {
            addNumber(fields, template);
        } else {
            addRange(fields, template);
        }
    }

    /** Null if there is none: then credentials are set for each number, or nobody registers it. */
    private static @Nullable String password(ConfigFields fields) {
        String password = fields.text("password");
        if (password != null && (password.isEmpty() || password.length() > 128)) {
            fields.fault("password", "(hidden)", "1 to 128 characters, or no password");
        }
        return password;
    }

    private void addNumber(ConfigFields fields, ExtensionTemplate template) {
        String number = fields.text("number");
        if (number == null) {
            return;
        }
        if (!NUMBER.matcher(number).matches()) {
            fields.fault("number", number, NUMBER_EXPECTED);
            return;
        }
        plan.add(number, template).ifPresent(other -> duplicate(fields, "number", number, other));
    }

    private void addRange(ConfigFields fields, ExtensionTemplate template) {
        String range = fields.text("range");
        if (range == null) {
            return;
        }
        var ends = RANGE.matcher(range);
        if (!ends.matches()
                || ends.group(1).length() != ends.group(2).length()
                || ends.group(1).compareTo(ends.group(2)) > 0) {
            fields.fault(
                    "range", range, "FIRST-LAST, both with the same number of digits (1 to 15), FIRST not after LAST");
            return;
        }
        plan.add(ends.group(1), ends.group(2), template).ifPresent(other -> duplicate(fields, "range", range, other));
    }

    private static void duplicate(ConfigFields fields, String field, String value, String other) {
        fields.fault(field, value, "numbers that are used once; already in " + other);
    }

    private void readQueue(String path, ConfigObject item) {
        var fields = new ConfigFields(path, item, faults::add);
        String number = fields.text("number");
        if (number == null) {
            if (!fields.has("number")) {
                fields.missing("number", NUMBER_EXPECTED);
            }
        } else if (!NUMBER.matcher(number).matches()) {
            fields.fault("number", number, NUMBER_EXPECTED);
        } else if (plan.find(number).isPresent() || !queues.add(number)) {
            fields.fault("number", number, "a number that is used once");
        } else {
            warnings.add(path + ": queue " + number + " is not served yet");
        }
    }

    private void checkForward(ExtensionTemplate template, String field, @Nullable String number) {
        if (number == null || plan.find(number).isPresent()) {
            return;
        }
        String path = template.path() + "." + field;
        if (queues.contains(number)) {
            warnings.add(path + ": queue " + number + " is not served yet");
        } else {
            faults.add(new PbxFault(path, number, "the number of an extension in this file"));
        }
    }
}
