package io.suimon.engine.plugin;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.PluginCatalog.Place;
import io.suimon.engine.plugins.iprestriction.IpRestrictionPlugin;
import io.suimon.engine.plugins.keyauth.KeyAuthPlugin;
import io.suimon.engine.plugins.limitcount.LimitCountPlugin;
import io.suimon.engine.resource.Violation;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PluginCatalogTest {

    private static final String FAILED = "failed to check the configuration of plugin ";
    private static final PluginCatalog CATALOG = PluginCatalog.load();

    private final BoundPlugin restriction = BoundPlugin.of(new IpRestrictionPlugin());

    @Test
    void findsThePluginsByDescendingPriority() {
        var names =
                CATALOG.entries().stream().map(entry -> entry.plugin().name()).toList();

        assertThat(names)
                .containsExactly(
                        "request-id",
                        "cors",
                        "ip-restriction",
                        "ldap-auth-advanced",
                        "ldap-auth",
                        "hmac-auth",
                        "basic-auth",
                        "jwt-auth",
                        "key-auth",
                        "proxy-rewrite",
                        "limit-count",
                        "redirect",
                        "response-rewrite",
                        "prometheus");
    }

    @ParameterizedTest(name = "{0} {1} on {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nope     | {}                            | ROUTE      | unknown plugin [nope]
            nope     | {'_meta':{'disable':true}}    | ROUTE      | unknown plugin [nope]
            nope     | {}                            | CREDENTIAL | invalid plugins configuration: unknown plugin [nope]
            cors     | {}                            | CREDENTIAL | only supports auth type plugins in consumer credential
            cors     | {}                            | CONSUMER   |
            key-auth | {}                            | ROUTE      |
            key-auth | {'header':1}                  | ROUTE      | failed to check the configuration of plugin key-auth err: property "header" validation failed: wrong type: expected string, got number
            key-auth | {'header':1,'_meta':{'disable':true}} | ROUTE |
            key-auth | {}                            | CONSUMER   | invalid plugins configuration: failed to check the configuration of plugin key-auth err: property "key" is required
            key-auth | {'key':1}                     | CREDENTIAL | invalid plugins configuration: failed to check the configuration of plugin key-auth err: property "key" validation failed: wrong type: expected string, got number
            key-auth | {'key':'k'}                   | CREDENTIAL |
            key-auth | {'_meta':{'disable':1}}       | ROUTE      | failed to check the configuration of plugin key-auth err: property "_meta" validation failed: property "disable" validation failed: wrong type: expected boolean, got number
            key-auth | {'_meta':{'priority':'1'}}    | ROUTE      | failed to check the configuration of plugin key-auth err: property "_meta" validation failed: property "priority" validation failed: wrong type: expected integer, got string
            key-auth | {'_meta':{'error_response':1}} | ROUTE     | failed to check the configuration of plugin key-auth err: property "_meta" validation failed: property "error_response" validation failed: value should match only one schema, but matches none
            key-auth | {'_meta':{'filter':['a','==','b']}} | ROUTE | failed to validate the 'vars' expression: rule should be wrapped inside brackets
            key-auth | {'_meta':{'pre_function':'return function() end'}} | ROUTE | failed to load _meta.pre_function in plugin key-auth: Lua cannot be run (expected: no pre_function)
            """)
    void saysWhatIsWrongWhereItStands(String name, String config, Place place, String expected) {
        var violations = CATALOG.check(BoundPlugin.spec(name, config), place, null);

        assertThat(violations.stream().map(Violation::message).toList())
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void pointsAtTheProperty() {
        var violations = CATALOG.check(BoundPlugin.spec("key-auth", "{'header':1}"), Place.ROUTE, null);

        assertThat(violations).extracting(Violation::pointer).containsExactly("/plugins/key-auth/header");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nope        | {}                           | invalid plugin name
            key-auth    | {'anything':1}               |
            prometheus  | {'disabled_labels':{'x':[]}} | invalid configuration: property "disabled_labels" validation failed: additional properties forbidden, found x
            prometheus  | {'disabled_labels':{'bandwidth':['route']}} |
            limit-count | {'limit_header':'X Y'}       | invalid configuration: limit_header: X Y (expected: the name of a field)
            """)
    void checksMetadata(String name, String metadata, String expected) {
        var violations = CATALOG.checkMetadata(name, BoundPlugin.json(metadata));

        assertThat(violations.stream().map(Violation::message).toList())
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void showsSchemasWithMetaInThem() {
        var entry = CATALOG.find("key-auth").orElseThrow();

        var schema = entry.schema().json();

        assertThat(schema.path("$comment").asText()).isEqualTo("this is a mark for our injected plugin schema");
        assertThat(schema.at("/properties/_meta/additionalProperties").asBoolean(true))
                .isFalse();
        assertThat(entry.shownMetadataSchema().json().at("/properties/_meta").isObject())
                .isTrue();
        assertThat(entry.consumerSchema().orElseThrow().json().has("$comment")).isFalse();
    }

    @Test
    void refusesTwoPluginsOfOneName() {
        var twins = List.of(new KeyAuthPlugin(), new KeyAuthPlugin());

        assertThatThrownBy(() -> PluginCatalog.of(twins))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("plugin key-auth: ");
    }

    @Test
    void provesAConsumerByItsKey() {
        var proof = CATALOG.proof(BoundPlugin.spec("key-auth", "{'key':'s3cret'}"));

        assertThat(proof)
                .isInstanceOfSatisfying(
                        Proof.Key.class, key -> assertThat(key.key()).isEqualTo("s3cret"));
        assertThat(proof.toString()).doesNotContain("s3cret");
    }

    @Test
    void disabledPluginsAreNotBoundAndNeedNotBeValid() {
        assertThat(restriction.binding("{'_meta':{'disable':true}}")).isEqualTo(new Binding.Disabled());
    }

    @Test
    void metaReplacesThePriority() {
        var link = restriction
                .bound("{'blacklist':['10.0.0.0/8'],'_meta':{'priority':7}}")
                .link();

        assertThat(link.priority()).isEqualTo(7);
        assertThat(link.phases()).containsExactly(Phase.ACCESS);
    }

    @Test
    void errorResponseReplacesTheBodyOfARefusal() {
        var text = restriction.bind("{'blacklist':['127.0.0.1'],'_meta':{'error_response':'go away'}}");
        var json = restriction.bind("{'blacklist':['127.0.0.1'],'_meta':{'error_response':{'why':'ü'}}}");
        var exchange = DescribedRequest.get("/").exchange();

        assertThat(text.onAccess(exchange)).isEqualTo(Decision.text(403, "go away"));
        assertThat(json.onAccess(exchange)).isEqualTo(Decision.json(403, "{\"why\":\"\u00c3\u00bc\"}"));
    }

    @Test
    void filterDecidesOnceAndForEveryPhase() {
        var filter = restriction.bind("{'blacklist':['127.0.0.1'],'_meta':{'filter':[['http_x','==','1']]}}");
        var plain = DescribedRequest.get("/").exchange();
        var marked = DescribedRequest.get("/").header("X", "1").exchange();
        filter.onAccess(marked);
        marked.request().headers().remove(HeaderName.of("X"));

        assertThat(filter.onAccess(plain)).isEqualTo(Decision.proceed());
        assertThat(filter.onAccess(marked)).isNotEqualTo(Decision.proceed());
    }

    @Test
    void configurationsOfOneGroupMustBeEqual() {
        var limit = BoundPlugin.of(new LimitCountPlugin());

        var one = group(limit, "{'count':1,'time_window':60,'group':'g'}");
        var same = group(limit, "{'time_window':60,'group':'g','count':1,'_meta':{'priority':1}}");
        var other = group(limit, "{'count':2,'time_window':60,'group':'g'}");

        assertThat(one.contradicts(same)).isFalse();
        assertThat(one.contradicts(other)).isTrue();
        assertThat(one.mismatch().message()).isEqualTo(FAILED + "limit-count err: group conf mismatched");
    }

    private static SharedGroup group(BoundPlugin plugin, String config) {
        return Objects.requireNonNull(plugin.bound(config).group());
    }
}
