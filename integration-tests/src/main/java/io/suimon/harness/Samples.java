package io.suimon.harness;

import java.util.regex.Pattern;

/** Reads what is written for Prometheus. */
final class Samples {

    private Samples() {}

    /** The value of a metric without labels. */
    static double value(String text, String name) {
        var sample = Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE).matcher(text);
        if (!sample.find()) {
            throw new IllegalStateException(name + " is not shown");
        }
        return Double.parseDouble(sample.group(1));
    }
}
