package io.suimon.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/limits.md}, with the pages it leaves a protocol to, says of every limit of the listeners what it is by default. */
class LimitsReferenceTest {

    private static final Path DOCS = Path.of("../docs");

    /** A row of {@code docs/settings.md}. */
    private static final Pattern SETTING = Pattern.compile(
            "\\| `suimon\\.(?:traffic|tls)\\.(?<name>[a-z0-9.-]+)` \\| `\\w+` \\| `(?<value>[^`]+)` \\|.*");

    /** What bounds anything is called by one of these; how long a name is remembered is no limit that anybody meets. */
    private static final Pattern LIMIT = Pattern.compile(
            "(?!dns\\.m).*(max-|min-|timeout|window|backlog|keepalive|percent|buffer|patience|stale|size).*");

    private record Limit(String name, String value) {

        /** Whether this row of a table says it; what all settings of a table begin with is said in front of it. */
        boolean isIn(String row) {
            var last = name.substring(name.lastIndexOf('.') + 1) + "`";
            return (row.contains("`" + last) || row.contains("." + last)) && values().anyMatch(row::contains);
        }

        private Stream<String> values() {
            if (value.startsWith("PT")) {
                var time = Duration.parse(value);
                return Stream.of(
                        time.toHours() + " h",
                        time.toMinutes() + " min",
                        time.toSeconds() + " s",
                        time.toMillis() + " ms");
            }
            return Stream.concat(Stream.of(value), inUnits(Long.parseLong(value)));
        }

        private static Stream<String> inUnits(long bytes) {
            return Stream.of((bytes >> 10) + " KiB", (bytes >> 20) + " MiB").filter(text -> !text.startsWith("0"));
        }
    }

    @Test
    void everyLimitOfTheListenersIsInATableWithItsDefault() {
        var rows = Stream.of("limits.md", "http2.md", "grpc.md")
                .flatMap(page -> lines(page).stream())
                .filter(line -> line.startsWith("|"))
                .toList();

        var limits = limits();

        assertThat(limits)
                .hasSizeGreaterThan(40)
                .allMatch(limit -> rows.stream().anyMatch(limit::isIn));
    }

    private static List<Limit> limits() {
        return lines("settings.md").stream()
                .map(SETTING::matcher)
                .filter(Matcher::matches)
                .map(found -> new Limit(found.group("name"), found.group("value")))
                .filter(limit -> LIMIT.matcher(limit.name()).matches())
                .toList();
    }

    private static List<String> lines(String page) {
        try {
            return Files.readAllLines(DOCS.resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
