package org.sempervox.cluster.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sempervox.cluster.settings.SettingsProblem;

/** What a launcher can host as the store of its cluster. A work folder keeps the kind it was made with. */
public enum StoreKind {
    H2("h2", "sempervox.mv.db"),
    CASSANDRA("cassandra", CassandraRing.FILE);

    private final String text;
    private final String sign;

    /** {@code sign}: the file in W/store by which it is known again. */
    StoreKind(String text, String sign) {
        this.text = text;
        this.sign = sign;
    }

    /** As written after {@code --store}. */
    public static StoreKind of(String text) {
        for (StoreKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        throw new SettingsProblem("--store", text, "h2 or cassandra");
    }

    /** What that folder was made with; empty for a new one. */
    public static Optional<StoreKind> in(WorkFolder work) {
        for (StoreKind kind : values()) {
            if (Files.exists(work.store().resolve(kind.sign))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Refuses a folder that was made with another kind; touches nothing. */
    public void check(WorkFolder work) {
        Path store = work.store();
        in(work).filter(made -> made != this).ifPresent(made -> {
            throw new SettingsProblem(
                    "--store",
                    text,
                    made.text + ", with which " + store + " was made and which holds its calls and records; for " + text
                            + " take another folder with --dir");
        });
    }

    @Override
    public String toString() {
        return text;
    }
}
