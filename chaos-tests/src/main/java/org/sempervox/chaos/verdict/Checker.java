package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.History;

/** Judges a history by one question. Pure. */
interface Checker {
    /** As in reports and in the command line. */
    String name();

    String question();

    void check(History history, Opinion opinion);
}
