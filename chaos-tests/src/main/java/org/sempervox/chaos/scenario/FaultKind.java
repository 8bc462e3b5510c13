package org.sempervox.chaos.scenario;

import java.util.Arrays;
import java.util.Optional;

/** What can be done to a cluster, by the names of scenario files. */
public enum FaultKind {
    KILL("kill", "e", "kill -9", Needs.NOTHING),
    FREEZE("freeze", "f", "SIGSTOP, then SIGCONT", Needs.NOTHING),
    STOP("stop", "k", "graceful stop (SIGTERM)", Needs.NOTHING),
    ROLLING_RESTART("rolling-restart", "k", "rolling restart of all full nodes", Needs.NOTHING),
    DRAIN("drain", "k", "drained, then taken back (sempervox drain, undrain)", Needs.NOTHING),
    UPGRADE("upgrade", "k", "rolling restart from an older build into this one", Needs.OLDER_BUILD),
    CUT("cut", "g", "network cut from the other nodes; phones and store reach it", Needs.NETWORK),
    CUT_ONE_WAY("cut-one-way", "g", "it hears the other nodes, they do not hear it", Needs.NETWORK),
    CUT_APART("cut-apart", "g", "it and one other full node lose each other; all others reach both", Needs.NETWORK),
    UNPLUG("unplug", "g", "network cut from everything", Needs.NETWORK),
    SPLIT("split", "h", "network cut between two halves; phones reach both", Needs.NETWORK),
    LOSS("loss", "i", "packet loss between the nodes", Needs.NETWORK),
    POWER_OFF("power-off", "e", "the machine is gone: its processes and its network at once", Needs.NETWORK),
    STORAGE_STOPPED("storage-stopped", "j", "the store stands still", Needs.NOTHING),
    STORAGE_SLOW("storage-slow", "j", "the store takes half a second for everything", Needs.NOTHING),
    STORAGE_NODE_DOWN("storage-node-down", "j", "kill -9 of one of three Cassandra nodes", Needs.CASSANDRA),
    POWER_CUT("power-cut", "l", "kill -9 of everything at once, then a new start", Needs.NOTHING),
    CLOCK("clock", "n", "the clock of a node is set", Needs.FAKETIME),
    DISK_FULL("disk-full", "o", "the disk of a node is full", Needs.MOUNT),
    JOIN("join", "p", "one more full node joins", Needs.NOTHING);

    /** What a fault cannot do without. */
    public enum Needs {
        NOTHING,
        /** Network namespaces, or an inventory that knows how. */
        NETWORK,
        CASSANDRA,
        FAKETIME,
        /** Root, to mount a small file system. */
        MOUNT,
        /** A cluster that was started from the build before this one. */
        OLDER_BUILD
    }

    private final String text;
    private final String column;
    private final String title;
    private final Needs needs;

    FaultKind(String text, String column, String title, Needs needs) {
        this.text = text;
        this.column = column;
        this.title = title;
        this.needs = needs;
    }

    /** As scenario files write it. */
    public String text() {
        return text;
    }

    /** Of the failover matrix. */
    public String column() {
        return column;
    }

    public String title() {
        return title;
    }

    public Needs needs() {
        return needs;
    }

    public static Optional<FaultKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
