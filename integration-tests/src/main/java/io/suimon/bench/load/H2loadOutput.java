package io.suimon.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what h2load says, and the log it writes: a line per answer with when it began, its status and how long it took. */
final class H2loadOutput {

    private static final Pattern RATE = Pattern.compile("finished in [\\d.]+\\w+, ([\\d.]+) req/s");
    private static final Pattern REQUESTS =
            Pattern.compile("requests: .* (\\d+) done, .* (\\d+) failed, (\\d+) errored, (\\d+) timeout");
    private static final Pattern STATUS =
            Pattern.compile("status codes: (\\d+) 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx");

    private H2loadOutput() {}

    static Answered parse(String output, Path log) throws IOException {
        var requests = find(REQUESTS, output);
        var status = find(STATUS, output);
        if (!zero(requests, 2, 3, 4)
                || !zero(status, 2, 3, 4)
                || requests.group(1).equals("0")) {
            throw new FailedLoadException("h2load: " + requests.group() + "; " + status.group());
        }
        var latencies = new LatencyLog();
        try (var lines = Files.lines(log)) {
            lines.forEach(line -> latencies.add(1_000 * micros(line)));
        }
        var rate = Double.parseDouble(find(RATE, output).group(1));
        var taken = latencies.over(1);
        return new Answered(rate, taken.p50Micros(), taken.p99Micros(), Double.parseDouble(requests.group(1)));
    }

    private static long micros(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf('\t') + 1));
    }

    private static boolean zero(Matcher match, int... groups) {
        for (int group : groups) {
            if (!match.group(group).equals("0")) {
                return false;
            }
        }
        return true;
    }

    private static Matcher find(Pattern pattern, String output) {
        var match = pattern.matcher(output);
        if (!match.find()) {
            throw new FailedLoadException("h2load said something unexpected:\n" + output);
        }
        return match;
    }
}
