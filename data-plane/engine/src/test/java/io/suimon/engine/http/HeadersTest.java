package io.suimon.engine.http;

import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeadersTest {

    /** {@code index} is that of a received line, -1 for an added one. */
    record Line(String name, String value, int index) {

        boolean isNamed(String other) {
            return name.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
        }
    }

    enum Kind {
        ADD,
        SET,
        REMOVE,
        DROP
    }

    record Edit(Kind kind, String name, String value, int index) {}

    @Property(tries = 5000)
    void behavesLikeAListOfLines(@ForAll("lines") List<Line> received, @ForAll("edits") List<Edit> edits) {
        var headers = headersOf(received);
        var model = new ArrayList<>(received);

        for (var edit : edits) {
            apply(headers, edit);
            apply(model, edit);
        }

        assertThat(written(headers)).isEqualTo(text(model));
        assertThat(headers.size()).isEqualTo(model.size());
        var seen = new ArrayList<Line>();
        headers.forEach((name, value) -> seen.add(new Line(name, value, -1)));
        assertThat(text(seen)).isEqualTo(text(model));
        for (var name : List.of("A", "bb", "Host")) {
            var values = model.stream()
                    .filter(line -> line.isNamed(name))
                    .map(Line::value)
                    .toList();
            assertThat(headers.all(HeaderName.of(name))).isEqualTo(values);
            assertThat(headers.first(HeaderName.of(name))).isEqualTo(values.isEmpty() ? null : values.getFirst());
        }
    }

    @Test
    void linesNobodyTouchedKeepTheirSpelling() {
        var block = WireText.bytes("hOsT:a\r\nX:  1 \r\n");
        var headers = new Headers();
        headers.reset(block);
        headers.field(0, 4, 5, 6, 8);
        headers.field(8, 9, 12, 13, 16);

        headers.add(HeaderName.of("Y"), "2");

        assertThat(headers.value(1)).isEqualTo("1");
        assertThat(written(headers)).isEqualTo("hOsT:a\r\nX:  1 \r\nY: 2\r\n");
    }

    private static Headers headersOf(List<Line> lines) {
        var headers = new Headers();
        var text = text(lines);
        headers.reset(WireText.bytes("GET / HTTP/1.1\r\n" + text));
        int at = "GET / HTTP/1.1\r\n".length();
        for (var line : lines) {
            int value = at + line.name.length() + 2;
            int end = value + line.value.length();
            headers.field(at, value - 2, value, end, end + 2);
            at = end + 2;
        }
        return headers;
    }

    private static void apply(Headers headers, Edit edit) {
        var name = HeaderName.of(edit.name);
        switch (edit.kind) {
            case ADD -> headers.add(name, edit.value);
            case SET -> headers.set(name, edit.value);
            case REMOVE -> headers.remove(name);
            case DROP -> {
                if (edit.index < headers.received()) {
                    headers.drop(edit.index);
                }
            }
        }
    }

    private static void apply(List<Line> model, Edit edit) {
        var line = new Line(edit.name, edit.value, -1);
        switch (edit.kind) {
            case ADD -> model.add(line);
            case SET -> {
                model.removeIf(other -> other.isNamed(edit.name));
                model.add(line);
            }
            case REMOVE -> model.removeIf(other -> other.isNamed(edit.name));
            case DROP -> model.removeIf(other -> other.index == edit.index);
        }
    }

    private static String written(Headers headers) {
        byte[] target = new byte[headers.sizeBound() + 3];
        int end = headers.copyTo(target, 3);
        return WireText.of(target, 3, end);
    }

    private static String text(List<Line> lines) {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(line.name).append(": ").append(line.value).append("\r\n");
        }
        return text.toString();
    }

    private static List<Line> numbered(List<Line> lines) {
        var numbered = new ArrayList<Line>();
        for (var line : lines) {
            numbered.add(new Line(line.name, line.value, numbered.size()));
        }
        return numbered;
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("A", "a", "BB", "bb", "Host", "HOST", "X-Other");
    }

    private static Arbitrary<String> values() {
        return Arbitraries.strings().withChars("ab ,é").ofMaxLength(5).map(String::strip);
    }

    @Provide
    Arbitrary<List<Line>> lines() {
        return Combinators.combine(names(), values())
                .as((name, value) -> new Line(name, value, 0))
                .list()
                .ofMaxSize(20)
                .map(HeadersTest::numbered);
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        names(),
                        values(),
                        Arbitraries.integers().between(0, 19))
                .as(Edit::new)
                .list()
                .ofMaxSize(12);
    }
}
