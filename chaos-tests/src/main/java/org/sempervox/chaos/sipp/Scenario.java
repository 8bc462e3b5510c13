package org.sempervox.chaos.sipp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a SIPp plays; the files are resources beside this class. */
public enum Scenario {
    /** Registers with digest for {@code -key expires} seconds, for calls to {@code -key contact_port}. CSV: number; authentication. */
    REGISTER("register", "", ""),
    /** As {@link #CALLER}; a 503 to the INVITE is counted as refused, a BYE that is put off is sent again. */
    PATIENT_CALLER("patient-caller", "[media_port]", ""),
    /** As {@link #CALLEE}; answers a BYE also when it comes again. */
    PATIENT_CALLEE("patient-callee", "[media_port]", ""),
    /** Calls with digest, talks for {@code -d} ms without audio, hangs up. CSV: caller; callee; authentication. */
    CALLER("caller", "[media_port]", ""),
    /** Rings and answers at once. */
    CALLEE("callee", "[media_port]", ""),
    /** As {@link #CALLER}, with the RTP port of the fourth field; logs it with where its audio has to go. */
    CALLER_WITH_AUDIO("caller", "[field3]", peer("field3")),
    /** As {@link #CALLEE}, with the RTP port of the first field; logs it with where its audio has to go. */
    CALLEE_WITH_AUDIO("callee", "[field0]", peer("field0"));

    private final String file;
    private final String port;
    private final String action;

    Scenario(String file, String port, String action) {
        this.file = file;
        this.port = port;
        this.action = action;
    }

    /** SIPp ends if a variable is set and not used: the whole matches are named once more. */
    private static String peer(String ownPort) {
        return """

                <action>
                  <ereg regexp="c=IN IP4 ([0-9.]+)" search_in="msg" check_it="true" assign_to="c,host"/>
                  <ereg regexp="m=audio ([0-9]+)" search_in="msg" check_it="true" assign_to="m,port"/>
                  <log message="[%s] [$host] [$port]"/>
                </action>
              """.formatted(ownPort);
    }

    /** Writes the scenario's file into that folder; {@code domain}: of all addresses of record. */
    Path write(Path folder, String domain) throws IOException {
        Path target = folder.resolve(name().toLowerCase(java.util.Locale.ROOT) + ".xml");
        String resource = file + ".xml";
        try (InputStream in = Scenario.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing from the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@DOMAIN@", domain)
                    .replace("@PORT@", port)
                    .replace("@ANSWER@", action)
                    .replace("@OFFER@", action);
            if (!action.isEmpty()) {
                text = text.replace("</scenario>", "  <Reference variables=\"c,m\"/>\n</scenario>");
            }
            Files.writeString(target, text);
        }
        return target;
    }
}
