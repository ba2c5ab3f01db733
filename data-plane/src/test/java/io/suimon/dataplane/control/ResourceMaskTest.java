package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.KnownPlugin;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.Subsystem;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.schema.JsonSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResourceMaskTest {

    private static final PluginCatalog CATALOG = PluginCatalog.load();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SECRET = "opensesame";

    private final ResourceMask mask = new ResourceMask(CATALOG);

    /** Every field that any schema of any plugin calls secret. */
    private static Stream<Arguments> secretFields() {
        return CATALOG.known(Subsystem.HTTP).stream()
                .flatMap(plugin -> Stream.concat(
                                schemas(plugin.schema(), plugin.consumerSchema()), plugin.metadataSchema().stream())
                        .flatMap(ResourceMaskTest::fields)
                        .distinct()
                        .map(field -> Arguments.of(plugin.name(), field)));
    }

    private static Stream<JsonSchema> schemas(JsonSchema schema, Optional<JsonSchema> other) {
        return Stream.concat(Stream.of(schema), other.stream());
    }

    private static Stream<String> fields(JsonSchema schema) {
        return schema.json().path("encrypt_fields").valueStream().map(JsonNode::asText);
    }

    /** What may stand at a field: a text, texts in a list, texts by name, and what no schema allows. */
    private static List<JsonNode> forms() {
        var list = JSON.arrayNode().add(SECRET).add(JSON.objectNode().put("a", SECRET));
        var object = JSON.objectNode().put("a", SECRET);
        return List.of(JSON.textNode(SECRET), list, object, JSON.objectNode().set("b", list));
    }

    private static ObjectNode at(String dotted, JsonNode value, boolean inLists) {
        int dot = dotted.lastIndexOf('.');
        var leaf = JSON.objectNode().<ObjectNode>set(dotted.substring(dot + 1), value.deepCopy());
        if (dot < 0) {
            return leaf;
        }
        return at(dotted.substring(0, dot), inLists ? JSON.arrayNode().add(leaf) : leaf, inLists);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("secretFields")
    void noFieldThatASchemaCallsSecretIsShown(String plugin, String field) {
        for (var form : forms()) {
            for (boolean inLists : new boolean[] {false, true}) {
                var config = at(field, form, inLists);

                var route = JSON.objectNode().put("uri", "/");
                route.putObject("plugins").set(plugin, config);
                assertThat(mask.resource(ResourceKind.ROUTE, route).toString())
                        .contains(ShownTexts.MASK)
                        .doesNotContain(SECRET);
                assertThat(mask.resource(ResourceKind.SERVICE, route).toString())
                        .doesNotContain(SECRET);
                assertThat(mask.metadata(plugin, config).toString()).doesNotContain(SECRET);
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("secretFields")
    void aSecretThatIsANumberOrAWordOfItsSchemaIsHiddenToo(String plugin, String field) {
        var schema =
                CATALOG.known(Subsystem.HTTP, plugin).map(KnownPlugin::schema).orElseThrow();
        if (fields(schema).noneMatch(field::equals)) {
            return; // one of consumers or of metadata, where no word of the schema is shown either
        }
        var route = JSON.objectNode().put("uri", "/");
        route.putObject("plugins").set(plugin, at(field, JSON.numberNode(48_151_623), false));

        assertThat(mask.resource(ResourceKind.ROUTE, route).toString()).doesNotContain("48151623");
    }

    @Test
    void thereAreManyFieldsOfTheKind() {
        assertThat(secretFields()).hasSizeGreaterThan(60);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ROUTE    | {'uri':'/','upstream':{'nodes':{},'tls':{'client_cert':'c','client_key':'opensesame'}}}",
                "SERVICE  | {'upstream':{'nodes':{},'tls':{'client_key':'opensesame'}}}",
                "UPSTREAM | {'nodes':{},'tls':{'client_key':'opensesame'}}",
                "UPSTREAM | {'nodes':{},'checks':{'active':{'req_headers':['Authorization: opensesame']}}}",
                "UPSTREAM | {'nodes':{},'checks':{'active':{'http_req_body':'opensesame'}}}",
                "UPSTREAM | {'service_name':'a','discovery_args':{'metadata':{'a':'opensesame'}}}",
                "UPSTREAM | {'nodes':{},'plugins':{'key-auth':{'key':'opensesame'}}}",
                "ROUTE    | {'uri':'/','vars':[['http_token','==','opensesame']]}",
                "ROUTE    | {'uri':'/','vars':[['http_token','!','in',['opensesame']]]}",
                "ROUTE    | {'uri':'/','vars':['AND',['http_token','==','opensesame'],['OR',['arg_a','~~','opensesame']]]}",
                "ROUTE    | {'uri':'/','vars':'opensesame'}",
                "ROUTE    | {'uri':'/','filter_func':'function() return opensesame end'}",
                "ROUTE    | {'uri':'/','script':'opensesame'}",
                "ROUTE    | {'uri':'/','plugins':'opensesame'}",
                "ROUTE    | {'uri':'/','plugins':{'key-auth':'opensesame'}}",
                "ROUTE    | {'uri':'/','plugins':{'nobody-knows':{'key':['opensesame']}}}",
                "ROUTE    | {'uri':'/','plugins':{'proxy-rewrite':{'headers':{'set':{'Authorization':'opensesame'}}}}}",
                "ROUTE    | {'uri':'/','plugins':{'workflow':{'rules':[{'actions':[['limit-count',{'redis_password':'opensesame'}]]}]}}}",
                "ROUTE    | {'uri':'/','plugins':{'multi-auth':{'auth_plugins':[{'key-auth':{'key':'opensesame'}}]}}}",
                "ROUTE    | {'uri':'/','nobody-knows':{'key':'opensesame'}}",
            })
    void whatCouldBeASecretIsNotShown(ResourceKind kind, String json) throws Exception {
        var resource = (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));

        assertThat(mask.resource(kind, resource).toString()).doesNotContain(SECRET);
    }

    @Test
    void whatIsMatchedAndWhereItGoesIsShown() throws Exception {
        var resource = (ObjectNode) new ObjectMapper().readTree("""
                {"id":"1","name":"n","desc":"d","labels":{"a":"b"},"uris":["/a"],"hosts":["a.test"],"methods":["GET"],
                "remote_addrs":["10.0.0.0/8"],"service_id":"s","plugin_config_id":"p","upstream_id":"u","priority":3,
                "vars":[["arg_a","==",5],["OR",["arg_b","!","in",["x"]],["http_a","~*","y"]]],
                "upstream":{"type":"chash","hash_on":"header","key":"X-Key","upstream_host":"b.test","pass_host":"rewrite",
                "checks":{"active":{"type":"https","http_path":"/ok","host":"c.test"}},
                "discovery_type":"kubernetes","service_name":"a/b:c","discovery_args":{"namespace_id":"x"}}}""");

        var shown = mask.resource(ResourceKind.ROUTE, resource);

        assertThat(shown.at("/vars").toString())
                .isEqualTo("[[\"arg_a\",\"==\",\"******\"],"
                        + "[\"OR\",[\"arg_b\",\"!\",\"in\",[\"******\"]],[\"http_a\",\"~*\",\"******\"]]]");
        shown.remove("vars");
        assertThat(shown.toString()).doesNotContain(ShownTexts.MASK);
        assertThat(shown.at("/upstream/checks/active/http_path").textValue()).isEqualTo("/ok");
        assertThat(shown.at("/labels/a").textValue()).isEqualTo("b");
    }

    @Test
    void theResourceItselfStaysAsItIs() {
        var resource = JSON.objectNode().put("uri", "/").put("script", SECRET);

        mask.resource(ResourceKind.ROUTE, resource);

        assertThat(resource.path("script").textValue()).isEqualTo(SECRET);
    }
}
