package io.suimon.bench;

import io.suimon.harness.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts wrk on a proxy and reads what it says. */
final class Load {

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P50 = Pattern.compile("\\s50%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern P99 = Pattern.compile("\\s99%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern BAD = Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");

    private Load() {}

    /** Loads a proxy for some seconds. Any answer but 2xx and any socket error is a failure of the benchmark. */
    static Sample run(Contender contender, Scenario scenario, int seconds) {
        var command = new ArrayList<>(List.of(
                "taskset", "-c", "1", "wrk", "-t1", "-c" + scenario.connections(), "-d" + seconds + "s", "--latency"));
        for (var header : scenario.headers()) {
            command.addAll(List.of("-H", header));
        }
        command.add("http://127.0.0.1:" + contender.port() + scenario.path());
        double before = ProcessMeter.cpuMicros(contender.pids());
        var output = Commands.output(command);
        double used = ProcessMeter.cpuMicros(contender.pids()) - before;
        var bad = BAD.matcher(output);
        if (bad.find()) {
            throw new IllegalStateException(contender.name() + ", " + scenario.name() + ": " + bad.group());
        }
        return new Sample(
                number(RATE, output),
                micros(P50, output),
                micros(P99, output),
                used / number(REQUESTS, output),
                ProcessMeter.residentMiB(contender.pids()));
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
            throw new UncheckedIOException(new IOException("wrk said something unexpected:\n" + output));
        }
        return match;
    }
}
