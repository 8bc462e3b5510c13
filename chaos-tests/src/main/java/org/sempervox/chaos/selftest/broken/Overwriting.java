package org.sempervox.chaos.selftest.broken;

import net.bytebuddy.asm.Advice;

/** The store takes a second event of the same number instead of the first; a node trusts that it can be written to. */
public final class Overwriting {
    private static final String INSERT = "INSERT INTO event ";

    private Overwriting() {}

    /** Into the preparation of a statement. */
    public static final class Merging {
        private Merging() {}

        @Advice.OnMethodEnter
        @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
        static String prepared(@Advice.Argument(0) String statement) {
            return Overwriting.merging(statement);
        }
    }

    /** Into the question whether the store answers: a woken node would put requests off until it knows. */
    public static final class Trusting {
        private Trusting() {}

        @Advice.OnMethodExit
        @Advice.AssignReturned.ToReturned
        static boolean answers() {
            return true;
        }
    }

    /** By the table's primary key. */
    public static String merging(String statement) {
        return statement.startsWith(INSERT) ? "MERGE INTO event " + statement.substring(INSERT.length()) : statement;
    }
}
