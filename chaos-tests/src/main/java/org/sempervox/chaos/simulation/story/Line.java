package org.sempervox.chaos.simulation.story;

/** One line of a {@link Story}. Times are milliseconds from the start of the story. */
public sealed interface Line {
    /** When it is over; 0 for what is so from the beginning. */
    default int until() {
        return 0;
    }

    /**
     * How a phone behaves.
     *
     * @param service index of the service address that it registers at and sends to
     * @param answers milliseconds it rings before its user answers; -1 for never
     * @param refuses status that it refuses calls with; 0 for none
     * @param early early media with a 183
     * @param offersLate calls with an INVITE without SDP
     */
    record Phone(
            String name,
            String extension,
            int service,
            int rings,
            int answers,
            int refuses,
            boolean early,
            boolean offersLate)
            implements Line {
        public static Phone plain(String name) {
            return new Phone(name, name, 0, 30, 1000, 0, false, false);
        }
    }

    /**
     * Settings of an extension that are not the usual ones.
     *
     * @param noAnswer where calls go that nobody answers; empty for nowhere
     * @param busy where calls go when it is busy; empty for nowhere
     * @param limit calls at once; 0 for no limit
     */
    record Extension(String number, int rings, String noAnswer, String busy, int limit) implements Line {}

    /**
     * What a phone's user does.
     *
     * @param value number to call, or milliseconds; empty for none
     */
    record Action(int at, String phone, Verb verb, String value) implements Line {
        @Override
        public int until() {
            return verb.lasts() ? at + Integer.parseInt(value) : at;
        }
    }

    enum Verb {
        CALLS,
        CANCELS,
        HANGS_UP,
        HOLDS,
        RESUMES,
        /** A re-INVITE without SDP. */
        ASKS,
        REGISTERS,
        UNREGISTERS,
        UNPLUGGED,
        BUSY;

        boolean lasts() {
            return this == UNPLUGGED || this == BUSY;
        }

        boolean hasValue() {
            return lasts() || this == CALLS;
        }

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** What happens to a node, and for how long. */
    record NodeFault(int at, String node, Kind kind, int lasts) implements Line {
        @Override
        public int until() {
            return at + lasts;
        }

        public enum Kind {
            /** The process is gone; another one is started after that time. */
            DIES,
            /** It stands still, then goes on as if nothing had been. */
            FREEZES,
            /** It reaches neither the other nodes nor the store, phones reach it. */
            CUT_OFF;

            String text() {
                return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            }
        }
    }

    /** {@code slower}: milliseconds that each request takes longer; 0 if it does not answer at all. */
    record StoreFault(int at, int lasts, int slower) implements Line {
        @Override
        public int until() {
            return at + lasts;
        }
    }

    /** What the network does to packets by itself, in percent, each packet's fate drawn by the seed. */
    record Sky(int loses, int repeats, int delays, long seed) implements Line {}

    /** One packet's misfortune, the packet named by where it goes, what it is, of which call, and the how manieth such packet. */
    record Fate(Misfortune what, int late, String packet) implements Line {}

    enum Misfortune {
        LOSE,
        REPEAT,
        DELAY
    }
}
