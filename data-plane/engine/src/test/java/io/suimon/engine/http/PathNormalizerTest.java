package io.suimon.engine.http;

import io.suimon.engine.text.WireText;
import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PathNormalizerTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "/,              /",
        "/a/b,           /a/b",
        "/a/./b,         /a/b",
        "/a/../b,        /b",
        "/a/b/..,        /a/",
        "/a/b/.,         /a/b/",
        "/a/..,          /",
        "//a///b//,      /a/b/",
        "/a//../b,       /b",
        "/%61%2Fb,       /a/b",
        "/a%2f%2e%2e/b,  /b",
        "/a%3Fb%23c%25,  '/a?b#c%'",
        "/%25%34%31,     /%41", // decoded once
        "/...,           /...",
        "/.a/..b,        /.a/..b",
        "/a/.../b,       /a/.../b",
        "/a+b,           /a+b",
    })
    void resolvesEscapesDotsAndSlashes(String raw, String normal) {
        assertThat(normalForm(raw)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "*", "/..", "/../a", "/a/../../b", "/%2e%2e", "/%", "/%1", "/a%g0", "/a%0g", "/%00"})
    void hasNoFormForWhatIsMalformed(String raw) {
        assertThat(normalForm(raw)).isNull();
    }

    @Property(tries = 20_000)
    void agreesWithResolvingAListOfSegments(@ForAll("paths") String raw) {
        assertThat(normalForm(raw)).isEqualTo(model(raw));
    }

    @Property(tries = 5000)
    void aNormalFormStaysAsItIs(@ForAll("paths") String raw) {
        var normal = normalForm(raw);

        assertThat(normal == null || normal.indexOf('%') >= 0 ? normal : normalForm(normal))
                .isEqualTo(normal);
    }

    private static @Nullable String normalForm(String raw) {
        var path = new RequestPath();
        byte[] bytes = WireText.bytes("xx" + raw + "yy"); // what stands around it must not matter
        return path.reset(bytes, 2, bytes.length - 2) ? path.text() : null;
    }

    /** Segment by segment, on text. */
    private static @Nullable String model(String raw) {
        var decoded = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) != '%') {
                decoded.append(raw.charAt(i));
                continue;
            }
            if (i + 3 > raw.length() || !raw.substring(i + 1, i + 3).matches("[0-9a-fA-F]{2}")) {
                return null;
            }
            decoded.append((char) Integer.parseInt(raw.substring(i + 1, i + 3), 16));
            i += 2;
        }
        if (decoded.indexOf("\0") >= 0) {
            return null;
        }
        var segments = List.of(decoded.substring(1).split("/", -1));
        var kept = new ArrayDeque<String>();
        for (var segment : segments) {
            if (segment.equals("..")) {
                if (kept.isEmpty()) {
                    return null;
                }
                kept.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        boolean folder = List.of("", ".", "..").contains(segments.getLast());
        return "/" + String.join("/", kept) + (folder && !kept.isEmpty() ? "/" : "");
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "/", "/", "/", ".", "..", "a", "b", "%2F", "%2e", "%61", "%25", "%00", "%", "é", "#", ";x")
                .list()
                .ofMaxSize(10)
                .map(parts -> "/" + WireText.of(String.join("", parts)));
    }
}
