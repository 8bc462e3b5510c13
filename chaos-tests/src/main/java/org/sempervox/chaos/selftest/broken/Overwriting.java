package org.sempervox.chaos.selftest.broken;

import net.bytebuddy.asm.Advice;

/** The store takes a second event of the same number instead of the first. */
public final class Overwriting {
    private static final String INSERT = "INSERT INTO event ";

    private Overwriting() {}

    @Advice.OnMethodEnter
    @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
    static String prepared(@Advice.Argument(0) String statement) {
        return Overwriting.merging(statement);
    }

    /** By the table's primary key. */
    public static String merging(String statement) {
        return statement.startsWith(INSERT) ? "MERGE INTO event " + statement.substring(INSERT.length()) : statement;
    }
}
