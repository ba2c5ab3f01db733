package io.suimon.dataplane.http1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Messages as a table of text: three columns with bars between them, escapes and repetitions in the last one. */
public final class WireTable {

    /** One message. */
    public record Row(String outcome, String template, String text) {
        @Override
        public String toString() {
            return outcome + " " + template + " " + (text.length() > 80 ? text.substring(0, 80) + "..." : text);
        }
    }

    private static final Pattern SET = Pattern.compile("\\{(ctl|mark|high)}");
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)\\*((?:[^{}]|\\{\\d+\\*[^{}]*})+)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");
    private static final List<String> CONTROLS = IntStream.range(0, 128)
            .filter(b -> (b < ' ' && b != '\t' && b != '\r' && b != '\n') || b == 0x7f)
            .mapToObj(WireTable::escape)
            .toList();
    private static final List<String> MARKS = Stream.of(
                    "(", ")", "<", ">", "@", ",", ";", "\\\\", "\"", "/", "[", "]", "?", "=")
            .toList();
    private static final List<String> HIGH = IntStream.of(0x80, 0x85, 0xa0, 0xe9, 0xff)
            .mapToObj(WireTable::escape)
            .toList();

    private WireTable() {}

    private static String escape(int b) {
        return "\\x%02x".formatted(b);
    }

    /** The rows of a file beside the tests, a row for each byte of the sets it names. */
    public static List<Row> read(String resource) {
        var rows = new ArrayList<Row>();
        try (InputStream in = Objects.requireNonNull(WireTable.class.getResourceAsStream(resource), resource)) {
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    rows.addAll(expand(row(line)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static Row row(String line) {
        var columns = line.split(" \\|(?: |$)", 3);
        if (columns.length < 3) {
            throw new IllegalArgumentException(line + " (expected: outcome | template | text)");
        }
        return new Row(columns[0], columns[1], columns[2]);
    }

    private static List<Row> expand(Row row) {
        var set = SET.matcher(row.text());
        if (!set.find()) {
            return List.of(row);
        }
        var members = switch (set.group(1)) {
            case "ctl" -> CONTROLS;
            case "mark" -> MARKS;
            default -> HIGH;
        };
        return members.stream()
                .map(member -> new Row(
                        row.outcome(),
                        row.template(),
                        row.text().substring(0, set.start())
                                + member
                                + row.text().substring(set.end())))
                .toList();
    }

    /** The bytes that a text stands for, one char each. */
    public static String bytes(String text) {
        var repeated = text;
        while (true) {
            var next = REPEATED.matcher(repeated)
                    .replaceAll(
                            match -> Matcher.quoteReplacement(match.group(2).repeat(Integer.parseInt(match.group(1)))));
            if (next.equals(repeated)) {
                break;
            }
            repeated = next;
        }
        return ESCAPE.matcher(repeated).replaceAll(match -> Matcher.quoteReplacement(meant(match.group(1))));
    }

    private static String meant(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 's' -> " ";
            case '0' -> "\0";
            case '\\' -> "\\";
            case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
            default ->
                throw new IllegalArgumentException("\\" + escape + " (expected: \\r \\n \\t \\s \\0 \\\\ \\xHH)");
        };
    }
}
