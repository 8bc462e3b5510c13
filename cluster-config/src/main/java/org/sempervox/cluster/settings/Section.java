package org.sempervox.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One object of a configuration file, read value by value; every refusal is a {@link SettingsProblem} with the full path. */
public final class Section {
    private final String path;
    private final Config config;

    /** {@code path}: where it is in its file, empty for the whole. */
    public Section(String path, Config config) {
        this.path = path;
        this.config = config;
    }

    public String path() {
        return path;
    }

    public Config config() {
        return config;
    }

    public String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Refuses keys that nobody reads: a misspelt key must not be silently without effect. */
    public Section only(String... keys) {
        var known = new TreeSet<>(Set.of(keys));
        for (String key : config.root().keySet()) {
            if (!known.contains(key)) {
                throw new SettingsProblem(at(key), "an unknown key", "one of " + String.join(", ", known));
            }
        }
        return this;
    }

    public boolean has(String key) {
        return value(key) != null;
    }

    public String text(String key) {
        ConfigValue value = need(key, "a text");
        return switch (value.valueType()) {
            case STRING, NUMBER -> nonEmpty(key, value.unwrapped().toString());
            case OBJECT, LIST, BOOLEAN, NULL -> throw problem(key, value, "a text");
        };
    }

    /** Like {@link #text}, but the value is not shown in a refusal. */
    public String secret(String key) {
        ConfigValue value = need(key, "a password");
        return switch (value.valueType()) {
            case STRING, NUMBER -> nonEmpty(key, value.unwrapped().toString());
            case OBJECT, LIST, BOOLEAN, NULL -> throw new SettingsProblem(at(key), "something else", "a password");
        };
    }

    public Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    public int number(String key, int from, int to) {
        String expected = "a whole number from " + from + " to " + to;
        ConfigValue value = need(key, expected);
        try {
            int number = config.getInt(ConfigUtil.joinPath(key));
            if (number >= from && number <= to) {
                return number;
            }
        } catch (ConfigException e) {
            throw problem(key, value, expected);
        }
        throw problem(key, value, expected);
    }

    public int number(String key, int from, int to, int otherwise) {
        return has(key) ? number(key, from, to) : otherwise;
    }

    public List<String> texts(String key) {
        ConfigValue value = need(key, "a list of texts");
        try {
            return config.getStringList(ConfigUtil.joinPath(key));
        } catch (ConfigException e) {
            throw problem(key, value, "a list of texts");
        }
    }

    public Section section(String key) {
        ConfigValue value = need(key, "an object { … }");
        if (value instanceof ConfigObject object) {
            return new Section(at(key), object.toConfig());
        }
        throw problem(key, value, "an object { … }");
    }

    public List<Section> sections(String key) {
        ConfigValue value = need(key, "a list of objects [ { … } ]");
        if (!(value instanceof ConfigList list)) {
            throw problem(key, value, "a list of objects [ { … } ]");
        }
        var sections = new ArrayList<Section>();
        for (int i = 0; i < list.size(); i++) {
            String itemPath = at(key) + "[" + i + "]";
            if (!(list.get(i) instanceof ConfigObject object)) {
                throw new SettingsProblem(itemPath, list.get(i).render(), "an object { … }");
            }
            sections.add(new Section(itemPath, object.toConfig()));
        }
        return sections;
    }

    public SettingsProblem problem(String key, ConfigValue value, String expected) {
        return new SettingsProblem(at(key), value.render(), expected);
    }

    private String nonEmpty(String key, String text) {
        if (text.isBlank()) {
            throw new SettingsProblem(at(key), "an empty text", "some text");
        }
        return text;
    }

    private ConfigValue need(String key, String expected) {
        ConfigValue value = value(key);
        if (value == null) {
            throw new SettingsProblem(at(key), "nothing", expected);
        }
        return value;
    }

    private @Nullable ConfigValue value(String key) {
        return config.root().get(key);
    }
}
