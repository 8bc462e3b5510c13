package org.sempervox.sip;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Set;

/**
 * {@code sempervox.sip} of the node's configuration; rates are per second and source host.
 *
 * @param supported option tags that a request may require, in lower case
 * @param tracedMessages how many messages are kept for operators
 */
record SipSettings(
        double answers,
        double malformed,
        double cancels,
        double failures,
        double failuresOfUser,
        int sources,
        int tracedMessages,
        Set<String> supported) {
    static SipSettings of(Config whole) {
        Config sip = whole.withFallback(ConfigFactory.defaultReference()).getConfig("sempervox.sip");
        return new SipSettings(
                rate(sip, "answers-per-second"),
                rate(sip, "malformed-answers-per-second"),
                rate(sip, "unknown-cancels-per-second"),
                rate(sip, "failed-logins-per-second"),
                rate(sip, "failed-logins-of-user-per-second"),
                positive(sip, "remembered-sources"),
                positive(sip, "traced-messages"),
                Set.copyOf(sip.getStringList("supported")));
    }

    private static double rate(Config sip, String path) {
        double value = sip.getDouble(path);
        if (value <= 0) {
            throw new IllegalArgumentException("sempervox.sip." + path + " = " + value + ": expected more than 0");
        }
        return value;
    }

    private static int positive(Config sip, String path) {
        int value = sip.getInt(path);
        if (value < 1) {
            throw new IllegalArgumentException("sempervox.sip." + path + " = " + value + ": expected at least 1");
        }
        return value;
    }
}
