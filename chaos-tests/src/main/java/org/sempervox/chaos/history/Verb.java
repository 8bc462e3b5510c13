package org.sempervox.chaos.history;

/** What phones do, and what they wait for. */
public enum Verb {
    REGISTER,
    /** From the INVITE until the callee's phone rings. */
    REACH,
    /** From the INVITE until the caller hears ringing. */
    RING,
    /** From the callee's answer to its ACK. */
    ANSWER,
    /** From the callee's answer until the caller is connected. */
    CONNECT,
    /** From the connection until the caller hears the callee. */
    HEAR_AT_CALLER,
    HEAR_AT_CALLEE,
    HOLD,
    RESUME,
    /** From the BYE to its answer. */
    BYE,
    /** From the BYE until the other side is told. */
    END,
    CANCEL;

    /** Whether a call in which it was not done is lost, given that the call was established. */
    public boolean keeps() {
        return this == HOLD || this == RESUME || this == BYE || this == END;
    }
}
