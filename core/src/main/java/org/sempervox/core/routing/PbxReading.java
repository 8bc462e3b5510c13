package org.sempervox.core.routing;

import java.util.List;

/** What reading a PBX file gave. */
public sealed interface PbxReading {
    /**
     * The file can be used.
     *
     * @param warnings one line each: what the file asks for and is not served yet
     */
    record Accepted(PbxFile file, List<String> warnings) implements PbxReading {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /** All faults that were found, never empty. */
    record Refused(List<PbxFault> faults) implements PbxReading {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
