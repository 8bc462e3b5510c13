package org.sempervox.chaos.ground;

/** It would have touched what is not the tool's own. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
        super(why);
    }
}
