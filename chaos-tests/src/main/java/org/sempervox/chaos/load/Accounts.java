package org.sempervox.chaos.load;

/**
 * The extensions that phones may use.
 *
 * @param password with {@code {number}} for the number itself
 */
public record Accounts(int first, int count, String password, String domain) {
    /** Of a cluster that the tool starts itself. */
    public static Accounts own(String domain) {
        return new Accounts(10_000, 50_000, "pw{number}", domain);
    }

    String number(int index) {
        if (index >= count) {
            throw new IllegalStateException(
                    "the load needs more than the " + count + " extensions from " + first + " on");
        }
        return Integer.toString(first + index);
    }

    String passwordOf(String number) {
        return password.replace("{number}", number);
    }

    /** Whether that number is one of them. */
    public boolean has(String number) {
        return number.matches("[0-9]{1,9}")
                && Integer.parseInt(number) >= first
                && Integer.parseInt(number) < first + count;
    }
}
