package org.sempervox.core.call;

import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.sip.NameAddr;

/**
 * A called phone's part in the call.
 *
 * @param number from 1; 0 is the caller
 * @param extension the extension it rings for
 * @param stage where its INVITE stands
 * @param dialog early until it answers
 */
public record Leg(int number, String extension, Stage stage, Dialog dialog) {
    /**
     * <pre>
     * INVITING --refusal--> ENDED
     *    |  \--200--> ANSWERED
     *    cancel
     *    v
     * CANCELLING --refusal--> ENDED
     *       \--200--> LATE (ACK and BYE)
     * </pre>
     */
    public enum Stage {
        INVITING,
        CANCELLING,
        ANSWERED,
        LATE,
        ENDED
    }

    boolean open() {
        return stage == Stage.INVITING;
    }

    Leg in(Stage next) {
        return new Leg(number, extension, next, dialog);
    }

    Leg with(Dialog changed) {
        return new Leg(number, extension, stage, changed);
    }

    static NameAddr party(String display, String number, String host) {
        return new NameAddr(display, org.sempervox.core.sip.SipUri.of(number, host), java.util.Map.of());
    }
}
