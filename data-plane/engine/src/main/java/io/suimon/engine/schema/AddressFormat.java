package io.suimon.engine.schema;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats of strings that a schema may ask for. */
enum AddressFormat {
    IPV4,
    IPV6;

    private static final Pattern IPV4_PART = Pattern.compile("0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]");
    private static final Pattern IPV6_PART = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int MAX_LENGTH = 45;
    private static final int IPV4_PARTS = 4;
    private static final int IPV6_PARTS = 8;

    /** The format of that name; empty for the many this does not check. */
    static Optional<AddressFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean holds(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        return switch (this) {
            case IPV4 -> isIpv4(text);
            case IPV6 -> isIpv6(text);
        };
    }

    private static boolean isIpv4(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != IPV4_PARTS) {
            return false;
        }
        for (var part : parts) {
            if (!IPV4_PART.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return parts(text, true) == IPV6_PARTS;
        }
        int before = parts(text.substring(0, gap), false);
        int after = parts(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < IPV6_PARTS;
    }

    /** How many 16-bit parts a text without a gap spells, or -1 when it spells none. */
    private static int parts(String text, boolean mayEndInIpv4) {
        if (text.isEmpty()) {
            return 0;
        }
        var parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (IPV6_PART.matcher(parts[i]).matches()) {
                count++;
            } else if (mayEndInIpv4 && i == parts.length - 1 && isIpv4(parts[i])) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }
}
