package org.sempervox.chaos.report;

/**
 * What a red check means and where its cause shows.
 *
 * @param meaning what it is about, and what to do first
 * @param filter an extended regular expression that finds its lines in the history
 * @param network whether the cause shows in what went over the network
 */
record Advice(String meaning, String filter, boolean network) {
    /** By the checker's name. */
    static Advice of(String checker) {
        return switch (checker) {
            case "history-whole" ->
                new Advice(
                        "Nothing else on this page is proved. The run was broken off, the file was changed, or the phones had too little"
                                + " processor: run it again on a quieter machine, or with fewer calls.",
                        "\"kind\":\"phones\"",
                        false);
            case "no-call-lost" ->
                new Advice(
                        "People were cut off, or could not hang up. Look for the node that had the call, and for what it did with"
                                + " the request that was not answered.",
                        "\"result\":\"(FAILED|UNKNOWN)\"",
                        true);
            case "no-call-stuck" ->
                new Advice(
                        "A phone still believes that it talks. Look for the BYE that did not reach it.",
                        "\"kind\":\"over\"",
                        true);
            case "audio-gaps" ->
                new Advice(
                        "Somebody heard nothing for too long. If it began with a fault, look when the address was taken over; if it did"
                                + " not, look for a pause of the node (processor, memory).",
                        "\"kind\":\"audio\"",
                        true);
            case "both-directions" ->
                new Advice(
                        "One side hears, the other does not. Look where the audio of the deaf side was sent to, and what the last SDP said.",
                        "\"verb\":\"HEAR",
                        true);
            case "no-stranger-heard" ->
                new Advice(
                        "Somebody heard a call that is not his. Look for two calls with the same media port.",
                        "\"kind\":\"audio\"",
                        true);
            case "calls-set-up" ->
                new Advice(
                        "Somebody could not call. Look what the INVITE was answered with, and by which node.",
                        "\"verb\":\"CONNECT\"",
                        true);
            case "new-call-delay" ->
                new Advice(
                        "Callers waited too long. Look which node took the INVITE, and whether the store or a take-over held it up.",
                        "\"verb\":\"RING\"",
                        true);
            case "records-exact" ->
                new Advice(
                        "Bills would be wrong. Compare the call's lines with its record; the record's times are by the nodes' clocks.",
                        "\"kind\":\"record\"",
                        false);
            case "protocol-kept" ->
                new Advice(
                        "A phone saw SIP that no server may send; real phones may end such calls.",
                        "\"kind\":\"violation\"",
                        true);
            case "one-entity" ->
                new Advice(
                        "Two nodes ran the same call at once. Look when each of them believed that the other was gone.",
                        "\"kind\":\"writing\"",
                        false);
            case "one-owner" ->
                new Advice(
                        "Two machines sent from one address at once. Look when the old owner was told, or should have noticed, that it is"
                                + " not the owner any more.",
                        "\"kind\":\"overlap\"",
                        true);
            case "fenced-silent" ->
                new Advice(
                        "A node that had been given up went on when it came back. Look in its log when it noticed.",
                        "\"kind\":\"woken\"",
                        true);
            case "registrations-kept" ->
                new Advice(
                        "A phone could not be reached any more until it registers again.",
                        "\"kind\":\"binding\"",
                        false);
            case "second-opinion" ->
                new Advice(
                        "A phone that is not ours saw something else than ours did. Look in sipp/*.err, and in sipp/*.csv for the second in"
                                + " which calls began to fail.",
                        "\"kind\":\"second-",
                        true);
            case "faults-happened" ->
                new Advice(
                        "The fault was not carried out, or no call was up: the run proves nothing. Look at the fault's own words, and at the load.",
                        "\"kind\":\"fault\"",
                        false);
            case "nothing-left" ->
                new Advice(
                        "Something was not given back: it grows with every such fault. Look which node still holds it.",
                        "\"kind\":\"left\"",
                        false);
            default -> new Advice("", "\"kind\":", true);
        };
    }
}
