package io.suimon.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/settings.md} is written from the sources: {@code -Dgolden=write} rewrites it. */
class SettingsReferenceTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path REFERENCE = ROOT.resolve("docs/settings.md");

    @Test
    void theReferenceSaysWhatTheSourcesSay() throws IOException {
        var expected = page();
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(REFERENCE, expected);
        }

        assertThat(REFERENCE).content().isEqualTo(expected);
    }

    private static String page() {
        return """
                # Settings

                Every setting is a property (`-Dsuimon.admin.port=9180`) and an environment variable (`SUIMON_ADMIN_PORT=9180`). Durations are
                written as `500ms`, `5s`, `2m`, or as ISO 8601 has them (`PT0.5S`); sizes as `64K`, `16M` where the default has such a letter, and
                in bytes where it has none. A list is separated by commas, `[0]` is the first one of several, and `NAME` is a name of your own. An
                unknown `suimon.` key stops the start, and so does a value that does not fit; the message names the setting, the value and what was
                expected.
                """
                + section("Control plane", "control-plane/src/main/java")
                + section("Data plane", "data-plane/src/main/java");
    }

    private static String section(String title, String folder) {
        var page = new StringBuilder("\n## ").append(title).append('\n');
        for (var file : configurations(ROOT.resolve(folder))) {
            var source = new SettingsSource(read(file), type -> read(file.resolveSibling(type + ".java")));
            page.append('\n')
                    .append(source.purpose())
                    .append("\n\n| setting | variable | default | |\n|---|---|---|---|\n");
            for (var setting : source.settings()) {
                page.append("| `%s` | `%s` | %s | %s |\n"
                        .formatted(
                                setting.key(),
                                setting.variable(),
                                setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                                setting.description()));
            }
        }
        return page.toString();
    }

    private static List<Path> configurations(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> read(file).contains("@ConfigMapping("))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
