package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.schema.JsonSchema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every plugin on the class path. */
class PluginContractTest {

    /** The least each plugin has to be told; those that are not named here need nothing. */
    private static final Map<String, String> LEAST = Map.of(
            "ip-restriction", "{'whitelist':['127.0.0.1']}",
            "ldap-auth", "{'ldap_uri':'l','base_dn':'b'}",
            "ldap-auth-advanced", "{'ldap_uri':'l','base_dn':'b'}",
            "limit-count", "{'count':1,'time_window':60}",
            "redirect", "{'uri':'/x'}");

    private static final PluginCatalog CATALOG = PluginCatalog.load();

    static List<Plugin<?>> plugins() {
        return CATALOG.entries().stream().<Plugin<?>>map(PluginEntry::plugin).toList();
    }

    @Test
    void prioritiesAreUnique() {
        var byPriority = plugins().stream().collect(Collectors.groupingBy(Plugin::priority));

        assertThat(byPriority)
                .isNotEmpty()
                .allSatisfy((priority, same) -> assertThat(same).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void liesInAFolderOfItsName(Plugin<?> plugin) {
        var folder = plugin.getClass().getPackageName();

        assertThat(folder).endsWith("." + plugin.name().replace("-", ""));
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void schemasAndRecordsHaveTheSameProperties(Plugin<?> plugin) {
        assertSameProperties(plugin, "schema.json", plugin.configType());
        plugin.metadataType().ifPresent(type -> assertSameProperties(plugin, "metadata-schema.json", type));
        if (plugin instanceof AuthPlugin<?, ?> auth) {
            assertSameProperties(plugin, "consumer-schema.json", auth.credentialType());
            assertThat(properties(plugin, "consumer-schema.json")).contains(auth.keyProperty());
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void hasTheRecordForEachSchemaItShows(Plugin<?> plugin) {
        var entry = CATALOG.find(plugin.name()).orElseThrow();

        assertThat(entry.metadataSchema().isPresent())
                .isEqualTo(plugin.metadataType().isPresent());
        assertThat(entry.consumerSchema().isPresent()).isEqualTo(plugin instanceof AuthPlugin<?, ?>);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void defaultsOfTheSchemaReachTheRecord(Plugin<?> plugin) throws ReflectiveOperationException {
        var schema = JsonSchema.load(plugin.getClass(), "schema.json");
        var config = ConfigReader.read(schema.withDefaults(least(plugin)), plugin.configType());

        for (var component : plugin.configType().getRecordComponents()) {
            var written = schema.json()
                    .path("properties")
                    .path(snakeCase(component.getName()))
                    .path("default");
            component.getAccessor().setAccessible(true);
            var value = component.getAccessor().invoke(config);
            if (written.isValueNode()) {
                assertThat(String.valueOf(value))
                        .as(component.getName())
                        .isEqualToIgnoringCase(text(written, component));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void acceptsTheLeastAndTreatsUnknownPropertiesAsItsSchemaSays(Plugin<?> plugin) {
        boolean closed = !JsonSchema.load(plugin.getClass(), "schema.json")
                .json()
                .path("additionalProperties")
                .asBoolean(true);
        var known = least(plugin);
        var unknown = known.deepCopy().put("no_such_property", 1);

        assertThat(check(plugin, known)).isEmpty();
        assertThat(check(plugin, unknown).isEmpty()).isEqualTo(!closed);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void refusesUnknownMeta(Plugin<?> plugin) {
        var config = least(plugin);
        config.putObject("_meta").put("foo", 1);

        assertThat(check(plugin, config))
                .containsExactly("failed to check the configuration of plugin " + plugin.name()
                        + " err: property \"_meta\" validation failed: additional properties forbidden, found foo");
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void runsInThePhasesItsFilterHandles(Plugin<?> plugin) {
        var filter = BoundPlugin.of(plugin).bind(least(plugin).toString()).getClass();

        assertThat(overrides(filter, "onResponse")).isEqualTo(plugin.phases().contains(Phase.RESPONSE));
        assertThat(overrides(filter, "onLog")).isEqualTo(plugin.phases().contains(Phase.LOG));
        assertThat(plugin.phases()).isNotEmpty().isSubsetOf(EnumSet.allOf(Phase.class));
    }

    private static boolean overrides(Class<?> filter, String method) {
        return Stream.of(filter.getMethods())
                .filter(own -> own.getName().equals(method))
                .filter(own -> Arrays.equals(own.getParameterTypes(), new Class<?>[] {Exchange.class}))
                .anyMatch(own -> own.getDeclaringClass() != Filter.class);
    }

    private static List<String> check(Plugin<?> plugin, ObjectNode config) {
        return CATALOG
                .check(BoundPlugin.spec(plugin.name(), config.toString()), PluginCatalog.Place.ROUTE, null)
                .stream()
                .map(violation -> violation.message())
                .toList();
    }

    private static ObjectNode least(Plugin<?> plugin) {
        return BoundPlugin.json(LEAST.getOrDefault(plugin.name(), "{}"));
    }

    private static void assertSameProperties(Plugin<?> plugin, String file, Class<?> record) {
        var components = Stream.of(record.getRecordComponents())
                .map(component -> snakeCase(component.getName()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(components).as(file).isEqualTo(properties(plugin, file));
    }

    private static Set<String> properties(Plugin<?> plugin, String file) {
        var json = JsonSchema.load(plugin.getClass(), file).json();
        var dependent = json.path("dependencies").findValues("properties"); // some stand with what they depend on
        return Stream.concat(Stream.of(json.path("properties")), dependent.stream())
                .flatMap(properties -> properties.properties().stream())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode value, RecordComponent component) {
        Function<Double, String> decimal = String::valueOf;
        return component.getType() == double.class
                ? decimal.apply(value.doubleValue())
                : component.getType().isEnum() ? value.asText().replace('-', '_') : value.asText();
    }
}
