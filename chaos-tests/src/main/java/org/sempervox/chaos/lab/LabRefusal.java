package org.sempervox.chaos.lab;

import java.io.IOException;

/** This machine, or whoever started the program, cannot run a laboratory; says what is needed. Nothing was touched. */
public final class LabRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    LabRefusal(String needed) {
        super(needed);
    }
}
