package io.suimon.engine.plugin;

import io.suimon.engine.plugin.PluginCatalog.Place;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class UnbuiltCheckTest {

    private static final PluginCatalog CATALOG = PluginCatalog.load();
    private static final String UNBUILT = "plugin [%s] is known but not built into this version of Suimon"
            + " (expected: one of GET /suimon/v1/plugins with built true)";

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            uri-blocker     | {'block_rules':['a','(']}                      | pcre2_compile() failed: missing closing parenthesis in "("
            ua-restriction  | {'allowlist':['(']}                            | pcre2_compile() failed: missing closing parenthesis in "("
            ua-restriction  | {'denylist':['(']}                             | pcre2_compile() failed: missing closing parenthesis in "("
            fault-injection | {'delay':{'duration':1,'vars':[[['arg_a','==','b']],['a','==','b']]}} | rule should be wrapped inside brackets
            fault-injection | {'abort':{'http_status':403,'vars':[[['arg_a','~','b']]]}} | invalid operator '~'
            proxy-cache     | {'cache_zone':'nope'}                          | cache_zone nope not found
            proxy-cache     | {'cache_strategy':'memory'}                    | invalid or empty cache_zone for cache_strategy: memory
            proxy-cache     | {'cache_zone':'memory_cache'}                  | invalid or empty cache_zone for cache_strategy: disk
            proxy-cache     | {'cache_key':['$uri','$request_method']}       | cache_key variable $request_method unsupported
            file-logger     | {}                                             | property "path" is not set in either the plugin conf or the metadata
            openid-connect  | {}                                             | property "session.secret" is required when "bearer_only" is false
            openid-connect  | {'bearer_only':false,'session':{}}             | property "session.secret" is required when "bearer_only" is false
            openid-connect  | {'bearer_only':true,'client_id':'c'}           | property "discovery" is required
            multi-auth      | {'auth_plugins':[{'key-auth':{}},{'nope':{}}]} | nope plugin did not found
            multi-auth      | {'auth_plugins':[{'key-auth':{}},{'cors':{}}]} | cors plugin is not supported
            multi-auth      | {'auth_plugins':[{'basic-auth':{}},{'key-auth':{'header':1}}]} | plugin key-auth check schema failed: property "header" validation failed: wrong type: expected string, got number
            workflow        | {'rules':[{'actions':[['nope',{}]]}]}          | unsupported action: nope
            workflow        | {'rules':[{'actions':[['return',{}]]}]}        | failed to validate the 'return' action: property "code" is required
            workflow        | {'rules':[{'actions':[['limit-count',{'count':1,'time_window':1,'group':'g'}]]}]} | failed to validate the 'limit-count' action: group is not supported
            workflow        | {'rules':[{'actions':[['limit-conn',{}]]}]}    | failed to validate the 'limit-conn' action: value should match only one schema, but matches none
            """)
    void saysWhatTheSchemaCannotInThePluginsWords(String name, String config, String expected) {
        var messages = messages(name, config, Place.ROUTE);

        assertThat(messages.getFirst())
                .isEqualTo("failed to check the configuration of plugin " + name + " err: " + expected);
        assertThat(messages.getLast()).isEqualTo(UNBUILT.formatted(name));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            jwe-decrypt     | {'header':'a','forward_header':'b'}
            uri-blocker     | {'block_rules':['^a']}
            ua-restriction  | {'denylist':['curl']}
            fault-injection | {'delay':{'duration':1,'vars':[[['arg_a','==','b']]]}}
            proxy-cache     | {}
            proxy-cache     | {'cache_strategy':'memory','cache_zone':'memory_cache'}
            file-logger     | {'path':'/tmp/log'}
            openid-connect  | {'client_id':'c','discovery':'https://a/b','bearer_only':true}
            multi-auth      | {'auth_plugins':[{'key-auth':{}},{'basic-auth':{}}]}
            workflow        | {'rules':[{'actions':[['return',{'code':403}],['limit-count',{'count':1,'time_window':1}]]}]}
            serverless-pre-function | {'functions':['no Lua is looked at (']}
            """)
    void refusesWhatIsRightBecauseItWouldNotRun(String name, String config) {
        assertThat(messages(name, config, Place.ROUTE)).containsExactly(UNBUILT.formatted(name));
    }

    @ParameterizedTest(name = "{0} {1} on {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            jwe-decrypt | {'key':'k'}                       | property "secret" is required
            wolf-rbac  | {'server':1}                       | property "server" validation failed: wrong type: expected string, got number
            """)
    void consumersAreCheckedByTheirOwnSchema(String name, String config, String expected) {
        assertThat(messages(name, config, Place.CONSUMER))
                .contains("invalid plugins configuration: failed to check the configuration of plugin " + name
                        + " err: " + expected);
        assertThat(messages(name, config, Place.CREDENTIAL)).isEqualTo(messages(name, config, Place.CONSUMER));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            jwe-decrypt | {'key':'k','secret':'s'}
            """)
    void consumersAreRefusedWhatWouldNotRun(String name, String config) {
        assertThat(messages(name, config, Place.CONSUMER))
                .containsExactly("invalid plugins configuration: " + UNBUILT.formatted(name));
    }

    @Test
    void credentialsTakeAuthPluginsAlone() {
        assertThat(messages("ext-plugin-pre-req", "{}", Place.CREDENTIAL))
                .containsExactly("only supports auth type plugins in consumer credential");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'disable':1}             | failed to check the configuration of plugin ext-plugin-pre-req err: property "_meta" validation failed: property "disable" validation failed: wrong type: expected boolean, got number
            {'filter':['a','==','b']} | failed to validate the 'vars' expression: rule should be wrapped inside brackets
            {'pre_function':'x'}      | failed to load _meta.pre_function in plugin ext-plugin-pre-req: Lua cannot be run (expected: no pre_function)
            {'priority':1}            | plugin [ext-plugin-pre-req] is known but not built into this version of Suimon (expected: one of GET /suimon/v1/plugins with built true)
            """)
    void metaIsCheckedAsEverywhere(String meta, String expected) {
        assertThat(messages("ext-plugin-pre-req", "{'_meta':" + meta + "}", Place.ROUTE))
                .startsWith(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"ROUTE", "CONSUMER", "CREDENTIAL"})
    void disabledOnesMayStayForTheyWouldNotRun(Place place) {
        assertThat(messages("wolf-rbac", "{'_meta':{'disable':true},'server':1}", place))
                .isEmpty();
    }

    @Test
    void metadataMayHaveWhatTheConfigurationLacks() {
        var spec = BoundPlugin.spec("file-logger", "{}");

        var violations = CATALOG.check(spec, Place.ROUTE, BoundPlugin.json("{'path':'/tmp/log'}"));

        assertThat(violations).extracting(Violation::message).containsExactly(UNBUILT.formatted("file-logger"));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nope         | {}                              | unknown plugin [nope]
            nope         | {'_meta':{'disable':true}}      | unknown plugin [nope]
            cors         | {}                              | unknown plugin [cors]
            limit-conn   | {'conn':1,'burst':1,'key':'k'}  | failed to check the configuration of stream plugin [limit-conn]: property "default_conn_delay" is required
            mqtt-proxy   | {'protocol_level':4}            | stream plugin [mqtt-proxy] is known but not built into this version of Suimon (expected: one of GET /suimon/v1/plugins with built true)
            ip-restriction | {'_meta':{'disable':true}}    |
            """)
    void streamRoutesHavePluginsOfTheirOwn(String name, String config, String expected) {
        var violations = CATALOG.checkStream(BoundPlugin.spec(name, config));

        assertThat(violations.stream().map(Violation::message).findFirst().orElse(null))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            datadog          | {'port':-1}      | invalid configuration: property "port" validation failed: expected -1 to be at least 0
            http-logger      | {'log_format':1} | invalid configuration: property "log_format" validation failed: wrong type: expected object, got number
            error-log-logger | {'tcp':{'port':1}} | invalid configuration: property "tcp" validation failed: property "host" is required
            datadog          | {'port':8125}    |
            ext-plugin-pre-req | {'anything':1} |
            """)
    void metadataIsCheckedAndMayBeKept(String name, String metadata, String expected) {
        var violations = CATALOG.checkMetadata(name, BoundPlugin.json(metadata));

        assertThat(violations.stream().map(Violation::message).findFirst().orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void nodesRefuseThem() {
        var owner = new ResourceKey(ResourceKind.ROUTE, "1");

        var enabled =
                CATALOG.bind(BoundPlugin.spec("ext-plugin-pre-req", "{}"), owner, null, PluginServices.forAdmission());
        var disabled = CATALOG.bind(
                BoundPlugin.spec("ext-plugin-pre-req", "{'_meta':{'disable':true}}"),
                owner,
                null,
                PluginServices.forAdmission());

        assertThat(enabled)
                .isInstanceOfSatisfying(
                        Binding.Refused.class,
                        refused -> assertThat(refused.violations())
                                .containsExactly(new Violation(
                                        "/plugins/ext-plugin-pre-req", UNBUILT.formatted("ext-plugin-pre-req"))));
        assertThat(disabled).isEqualTo(new Binding.Disabled());
    }

    private static List<String> messages(String name, String config, Place place) {
        return CATALOG.check(BoundPlugin.spec(name, config), place, null).stream()
                .map(Violation::message)
                .toList();
    }
}
