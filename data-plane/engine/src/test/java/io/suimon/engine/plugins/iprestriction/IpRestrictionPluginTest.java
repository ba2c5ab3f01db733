package io.suimon.engine.plugins.iprestriction;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.net.IpLiteral;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class IpRestrictionPluginTest {

    private static final Decision REFUSED = Decision.json(403, "{\"message\":\"Your IP address is not allowed\"}");

    private final BoundPlugin plugin = BoundPlugin.of(new IpRestrictionPlugin());

    @ParameterizedTest(name = "{0} {1}: client {2} -> {3}")
    @CsvSource({
        "whitelist, 10.0.0.0/8,    10.1.2.3,    true",
        "whitelist, 10.0.0.0/8,    192.168.0.1, false",
        "whitelist, 127.0.0.1,     127.0.0.1,   true",
        "whitelist, 2001:db8::/32, 2001:db8::1, true",
        "whitelist, 2001:db8::/32, 10.0.0.1,    false",
        "blacklist, 10.0.0.0/8,    10.1.2.3,    false",
        "blacklist, 10.0.0.0/8,    192.168.0.1, true",
        "blacklist, ::1,           ::1,         false",
    })
    void letsThroughWhomTheListPermits(String list, String block, String client, boolean permitted) {
        var filter = plugin.bind("{'" + list + "':['" + block + "']}");

        var decision = filter.onAccess(DescribedRequest.get("/").from(client).exchange());

        assertThat(decision).isEqualTo(permitted ? Decision.proceed() : REFUSED);
    }

    @Test
    void looksAtTheAddressATrustedPeerTells() {
        var exchange = DescribedRequest.get("/").from("10.0.0.1").exchange();
        exchange.client(Objects.requireNonNull(IpLiteral.parse("192.168.0.1")), 1);

        assertThat(plugin.bind("{'blacklist':['192.168.0.0/16']}").onAccess(exchange))
                .isEqualTo(REFUSED);
    }

    @Test
    void answersWithTheStatusAndMessageOfTheConfiguration() {
        var filter = plugin.bind("{'whitelist':['10.0.0.1'],'response_code':404,'message':'no \\\"way\\\" ü'}");

        assertThat(filter.onAccess(DescribedRequest.get("/").exchange()))
                .isEqualTo(Decision.json(404, "{\"message\":\"no \\\"way\\\" \u00c3\u00bc\"}"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                          | value should match only one schema, but matches none
            {'whitelist':['1.1.1.1'],'blacklist':['::1']} | value should match only one schema, but matches both schemas 1 and 2
            {'whitelist':['x']}                         | property "whitelist" validation failed: failed to validate item 1: object matches none of the required
            {'whitelist':[]}                            | property "whitelist" validation failed: expect array to have at least 1 items
            {'whitelist':['1.1.1.1'],'response_code':405} | property "response_code" validation failed: expected 405 to be at most 404
            {'whitelist':['::/999']}                    | invalid ip address: ::/999
            """)
    void refusesWrongConfigurations(String config, String expected) {
        assertThat(plugin.refusal(config)).endsWith(expected);
    }
}
