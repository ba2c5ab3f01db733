package io.suimon.bench.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what wrk says. */
final class WrkOutput {

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P50 = Pattern.compile("\\s50%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern P99 = Pattern.compile("\\s99%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern BAD = Pattern.compile("Non-2xx or 3xx responses: \\d+|Socket errors: .*");

    private WrkOutput() {}

    static Answered parse(String output) {
        var bad = BAD.matcher(output);
        if (bad.find()) {
            throw new FailedLoadException("wrk: " + bad.group());
        }
        double requests = number(REQUESTS, output);
        if (requests == 0) {
            throw new FailedLoadException("wrk: 0 requests answered");
        }
        return new Answered(number(RATE, output), micros(P50, output), micros(P99, output), requests);
    }

    private static double number(Pattern pattern, String output) {
        return Double.parseDouble(find(pattern, output).group(1));
    }

    private static double micros(Pattern pattern, String output) {
        var match = find(pattern, output);
        double value = Double.parseDouble(match.group(1));
        return switch (match.group(2)) {
            case "us" -> value;
            case "ms" -> value * 1_000;
            default -> value * 1_000_000;
        };
    }

    private static Matcher find(Pattern pattern, String output) {
        var match = pattern.matcher(output);
        if (!match.find()) {
            throw new FailedLoadException("wrk said something unexpected:\n" + output);
        }
        return match;
    }
}
