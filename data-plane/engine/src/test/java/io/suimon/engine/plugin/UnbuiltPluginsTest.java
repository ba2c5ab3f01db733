package io.suimon.engine.plugin;

import io.suimon.engine.schema.JsonSchema;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class UnbuiltPluginsTest {

    private static final UnbuiltPlugins LISTED = UnbuiltPlugins.load(Set.of());

    static Stream<UnbuiltPlugin> everyUnbuiltPlugin() {
        return Stream.of(Subsystem.values()).flatMap(subsystem -> LISTED.all(subsystem).stream());
    }

    @Test
    void noPluginIsBothBuiltAndListedAsUnbuilt() {
        var built = PluginCatalog.load().entries().stream().map(PluginEntry::name);

        assertThat(built)
                .as("delete the line in unbuilt/index.json and the folder of what has been built")
                .noneMatch(name -> LISTED.find(Subsystem.HTTP, name).isPresent());
    }

    @Test
    void builtWinsOverUnbuilt() {
        var left = UnbuiltPlugins.load(Set.of("exit-transformer"));

        assertThat(LISTED.find(Subsystem.HTTP, "exit-transformer")).isPresent();
        assertThat(left.find(Subsystem.HTTP, "exit-transformer")).isEmpty();
        assertThat(left.find(Subsystem.HTTP, "wolf-rbac")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Subsystem.class)
    void eachListedPluginHasAFolderAndEachFolderIsListed(Subsystem subsystem) throws IOException, URISyntaxException {
        var listed = LISTED.all(subsystem).stream().map(UnbuiltPlugin::name).collect(Collectors.toSet());

        assertThat(folders(subsystem)).isNotEmpty().isEqualTo(new TreeSet<>(listed));
    }

    @ParameterizedTest
    @EnumSource(Subsystem.class)
    void theyAreListedByDescendingPriority(Subsystem subsystem) {
        assertThat(LISTED.all(subsystem))
                .extracting(UnbuiltPlugin::priority)
                .isSortedAccordingTo((one, other) -> Integer.compare(other, one));
    }

    /** The two that are not keywords stand in APISIX's schemas, too, and change nothing there either. */
    @Test
    void theirSchemasAreWrittenInKeywordsThatAreKnown() throws IOException, URISyntaxException {
        var unknown = new ArrayList<String>();
        for (var subsystem : Subsystem.values()) {
            for (var folder : folders(subsystem)) {
                for (var file : List.of("schema.json", "consumer-schema.json", "metadata-schema.json")) {
                    loadStrictly("unbuilt/" + subsystem.word() + "/" + folder + "/" + file, unknown);
                }
            }
        }

        assertThat(unknown)
                .containsExactly(
                        "unbuilt/http/error-log-logger/metadata-schema.json: 1: (expected: a keyword of JSON Schema)",
                        "unbuilt/http/openfunction/schema.json: service_token: (expected: a keyword of JSON Schema)");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyUnbuiltPlugin")
    void eachTakesMetaBesideItsOwnProperties(UnbuiltPlugin plugin) {
        var misspelt = BoundPlugin.json("{'_meta':{'disabled':true}}");

        assertThat(plugin.schema().validate(misspelt).stream().map(JsonSchema.Finding::message))
                .contains("property \"_meta\" validation failed: additional properties forbidden, found disabled");
        assertThat(plugin.shownMetadataSchema().json().at("/properties/_meta").isObject())
                .isTrue();
    }

    private static void loadStrictly(String file, List<String> unknown) {
        if (UnbuiltPlugin.class.getResource(file) == null) {
            return;
        }
        try {
            assertThat(JsonSchema.load(UnbuiltPlugin.class, file).json().isObject())
                    .isTrue();
        } catch (IllegalArgumentException e) {
            unknown.add(file + ": " + e.getMessage());
        }
    }

    private static Set<String> folders(Subsystem subsystem) throws IOException, URISyntaxException {
        var index = UnbuiltPlugin.class.getResource("unbuilt/index.json").toURI();
        try (var folders = Files.list(Path.of(index).resolveSibling(subsystem.word()))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
