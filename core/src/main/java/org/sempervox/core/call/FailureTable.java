package org.sempervox.core.call;

/** One table: what a phone refused with → what the caller is told → Q.850 cause (RFC 3398 §8.2.6.1, §7.2.4.1). */
public final class FailureTable {
    private FailureTable() {}

    /** Status for the caller when a called phone's final answer was {@code status} (300–699). */
    public static int toCaller(int status) {
        return switch (status) {
            case 401, 407, 481, 482, 483, 420, 421, 494 -> 500;
            case 408 -> 480;
            case 503 -> 500;
            default -> status < 400 ? 480 : status;
        };
    }

    /** Q.850 cause of a SIP status; 16 for an answered call that was ended. */
    public static int q850(int status) {
        return switch (status) {
            case 200, 487 -> 16;
            case 401, 402, 403, 407, 603 -> 21;
            case 404, 485, 604 -> 1;
            case 405, 406, 415, 420 -> 79;
            case 408, 504 -> 102;
            case 410 -> 22;
            case 413, 414, 416, 421, 423 -> 127;
            case 480 -> 18;
            case 482, 483 -> 25;
            case 484 -> 28;
            case 486, 600 -> 17;
            case 488, 606 -> 65;
            case 501 -> 79;
            case 502 -> 38;
            case 400, 481, 500, 503 -> 41;
            default -> status < 500 ? 31 : 41;
        };
    }

    /** The better of two refusals of a fork (RFC 3261 §16.7 step 6): 6xx, then busy, then the lowest class and code. */
    public static int better(int a, int b) {
        if (a == 0 || b == 0) {
            return Math.max(a, b);
        }
        if (a >= 600 || b >= 600) {
            return a >= 600 ? a : b;
        }
        if (a == 486 || b == 486) {
            return 486;
        }
        if (a == 408 || b == 408) {
            return a == 408 ? b : a;
        }
        return Math.min(a, b);
    }
}
