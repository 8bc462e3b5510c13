package org.sempervox.sip.codec;

import java.io.Serial;

/** A message that breaks the grammar or a guard; the text never holds parts of the message. */
final class MalformedMessage extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    MalformedMessage(String why) {
        super(why, null, false, false);
    }
}
