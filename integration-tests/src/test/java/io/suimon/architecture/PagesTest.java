package io.suimon.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What pages send their readers to is there: other pages and their sections, files, settings, and the key their commands need. */
class PagesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern CODE = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern SETTING = Pattern.compile("(?<![\\w.-])suimon(?:\\.[a-z0-9]+(?:-[a-z0-9]+)*)+");
    private static final Pattern VARIABLE = Pattern.compile("\\bSUIMON(?:_[A-Z0-9]+)+");
    private static final Pattern KEY = Pattern.compile("X-API-KEY: \\$(\\w+)");

    @Test
    void everyLinkLeadsToAPageASectionOrAFileThatIsThere() {
        var broken = new ArrayList<String>();
        for (var page : pages()) {
            for (var link : targets(page)) {
                if (!link.startsWith("https://") && !isThere(page, link)) {
                    broken.add(ROOT.relativize(page) + ": " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "architecture.md, true",
        "../README.md, true",
        "upstreams.md#the-retry-budget, true",
        "nowhere.md, false",
        "upstreams.md#nowhere, false",
        "#nowhere, false"
    })
    void aLinkThatLeadsNowhereIsSeen(String link, boolean there) {
        assertThat(isThere(ROOT.resolve("docs/tls.md"), link)).isEqualTo(there);
    }

    @Test
    void everySettingThatIsNamedIsOne() {
        var reference = read(ROOT.resolve("docs/settings.md"));
        var settings = found(Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE), reference)
                .map(row -> row.group(1).replace("[0]", ""))
                .toList();
        var variables = found(Pattern.compile("^\\| `[^`]+` \\| `([^`]+)`", Pattern.MULTILINE), reference)
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(HashSet::new));
        variables.add("SUIMON_HOME");

        var unknown = Stream.concat(pages().stream(), filesBelow(ROOT.resolve("deploy")))
                .flatMap(file -> Stream.concat(
                        found(SETTING, file.toString().endsWith(".sh") ? "" : read(file))
                                .map(MatchResult::group)
                                .filter(name ->
                                        settings.stream().noneMatch(each -> (each + ".").startsWith(name + "."))),
                        found(VARIABLE, read(file))
                                .map(MatchResult::group)
                                .filter(name ->
                                        variables.stream().noneMatch(each -> (each + "_").startsWith(name + "_")))))
                .distinct();

        assertThat(settings).hasSizeGreaterThan(200);
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyPageWhoseCommandsNeedTheKeySaysWhereItIs() {
        assertThat(pages())
                .allSatisfy(page -> assertThat(found(KEY, read(page)))
                        .as(page.toString())
                        .allMatch(use -> {
                            var before = read(page).substring(0, use.start());
                            return before.contains(use.group(1) + "=$(");
                        }));
    }

    private static boolean isThere(Path page, String link) {
        int hash = link.indexOf('#');
        var file = hash == 0 ? page : page.resolveSibling(hash < 0 ? link : link.substring(0, hash));
        return Files.exists(file) && (hash < 0 || sections(file).contains(link.substring(hash + 1)));
    }

    private static List<String> targets(Path page) {
        var text = QUOTED.matcher(CODE.matcher(read(page)).replaceAll("")).replaceAll("");
        return found(LINK, text).map(link -> link.group(1)).toList();
    }

    /** The names that Markdown gives headings: letters, digits and hyphens, a number behind those that are there already. */
    private static Set<String> sections(Path page) {
        var names = new HashSet<String>();
        found(HEADING, CODE.matcher(read(page)).replaceAll("")).forEach(heading -> {
            var name = heading.group(1)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\w\\- ]", "")
                    .replace(' ', '-');
            var another = name;
            for (int i = 1; !names.add(another); i++) {
                another = name + "-" + i;
            }
        });
        return names;
    }

    /** All but decisions: they are not rewritten when what they speak of moves on. */
    private static List<Path> pages() {
        return Stream.concat(
                        filesBelow(ROOT.resolve("docs")),
                        Stream.of(
                                        "",
                                        "deploy",
                                        "deploy/kubernetes",
                                        "deploy/chaos-mesh",
                                        "proto",
                                        "process",
                                        "data-plane",
                                        "data-plane/engine",
                                        "control-plane")
                                .map(folder -> ROOT.resolve(folder))
                                .flatMap(PagesTest::filesIn))
                .filter(file -> file.toString().endsWith(".md") && !file.startsWith(ROOT.resolve("docs/adr")))
                .toList();
    }

    private static Stream<Path> filesIn(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> filesBelow(Path folder) {
        try (var files = Files.walk(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".png"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
