package io.suimon.engine.plugins.limitcount;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LimitCountPluginTest {

    private static final Decision REJECTED = Decision.reply(503);
    private static final Decision UNCOUNTABLE = Decision.reply(500);

    private final BoundPlugin plugin = BoundPlugin.of(new LimitCountPlugin());

    private static Exchange request() {
        return DescribedRequest.get("/").exchange();
    }

    private static List<String> told(Filter filter, Exchange exchange) {
        filter.onAccess(exchange);
        var lines = new ArrayList<String>();
        exchange.response().headers().forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    @Test
    void letsSoManyThroughInAWindow() {
        var filter = plugin.bind("{'count':2,'time_window':60}");

        assertThat(filter.onAccess(request())).isEqualTo(Decision.proceed());
        assertThat(filter.onAccess(request())).isEqualTo(Decision.proceed());
        assertThat(filter.onAccess(request())).isEqualTo(REJECTED);
        plugin.pass(60_000);
        assertThat(filter.onAccess(request())).isEqualTo(Decision.proceed());
    }

    @Test
    void tellsTheQuotaAlsoWhenItRejects() {
        var filter = plugin.bind("{'count':1,'time_window':60}");

        assertThat(told(filter, request()))
                .containsExactly("X-RateLimit-Limit: 1", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 60");
        plugin.pass(10);
        assertThat(told(filter, request()))
                .containsExactly("X-RateLimit-Limit: 1", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 59.99");
        plugin.pass(490);
        assertThat(told(filter, request())).contains("X-RateLimit-Reset: 59.5");
    }

    @Test
    void keepsTheQuotaToItselfWhenTold() {
        var filter = plugin.bind("{'count':1,'time_window':60,'show_limit_quota_header':false}");

        assertThat(told(filter, request())).isEmpty();
    }

    @Test
    void namesOfTheFieldsComeFromTheMetadata() {
        var filter = plugin.metadata("{'limit_header':'L','reset_header':'R'}").bind("{'count':1,'time_window':60}");

        assertThat(told(filter, request())).containsExactly("L: 1", "X-RateLimit-Remaining: 0", "R: 60");
    }

    @Test
    void rejectsAsConfigured() {
        var filter = plugin.bind("{'count':1,'time_window':60,'rejected_code':429,'rejected_msg':'slow \\\"down\\\"'}");
        filter.onAccess(request());

        assertThat(filter.onAccess(request())).isEqualTo(Decision.json(429, "{\"error_msg\":\"slow \\\"down\\\"\"}"));
    }

    @ParameterizedTest(name = "{0}: {1} and {2} share a counter: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'count':1,'time_window':60}                                   | a@10.0.0.1 | b@10.0.0.1 | true
            {'count':1,'time_window':60}                                   | a@10.0.0.1 | a@10.0.0.2 | false
            {'count':1,'time_window':60,'key':'http_x'}                    | a@10.0.0.1 | a@10.0.0.2 | true
            {'count':1,'time_window':60,'key':'http_x'}                    | a@10.0.0.1 | b@10.0.0.1 | false
            {'count':1,'time_window':60,'key':'http_none'}                 | a@10.0.0.1 | b@10.0.0.1 | true
            {'count':1,'time_window':60,'key':'http_none'}                 | a@10.0.0.1 | a@10.0.0.2 | false
            {'count':1,'time_window':60,'key':'$http_x $http_none','key_type':'var_combination'} | a@10.0.0.1 | a@10.0.0.2 | true
            {'count':1,'time_window':60,'key':'$http_x $http_none','key_type':'var_combination'} | a@10.0.0.1 | b@10.0.0.1 | false
            {'count':1,'time_window':60,'key':'$http_none','key_type':'var_combination'} | a@10.0.0.1 | a@10.0.0.2 | false
            {'count':1,'time_window':60,'key':'x','key_type':'constant'}   | a@10.0.0.1 | b@10.0.0.2 | true
            """)
    void countsByKey(String config, String one, String other, boolean shared) {
        var filter = plugin.bind(config);
        filter.onAccess(requestOf(one));

        assertThat(filter.onAccess(requestOf(other))).isEqualTo(shared ? REJECTED : Decision.proceed());
    }

    private static Exchange requestOf(String headerAtAddress) {
        var parts = headerAtAddress.split("@", 2);
        return DescribedRequest.get("/").header("X", parts[0]).from(parts[1]).exchange();
    }

    @Test
    void equalConfigurationsOfOneOwnerShareTheirCountersAndOthersDoNot() {
        plugin.bind("{'count':1,'time_window':60}").onAccess(request());

        assertThat(plugin.bind("{'time_window':60,'count':1}").onAccess(request()))
                .isEqualTo(REJECTED);
        assertThat(plugin.bind("{'count':1,'time_window':61}").onAccess(request()))
                .isEqualTo(Decision.proceed());
    }

    @Test
    void configurationsOfAGroupShareTheirCounters() {
        plugin.bind("{'count':1,'time_window':60,'group':'g'}").onAccess(request());

        var sameGroup = plugin.bind("{'count':1,'time_window':60,'group':'g','_meta':{'priority':3}}");

        assertThat(sameGroup.onAccess(request())).isEqualTo(REJECTED);
    }

    @Test
    void quantitiesMayBeTemplatesAndRejectedRequestsCount() {
        var filter = plugin.bind("{'count':'${http_cnt ?? 1}','time_window':'${http_win ?? 60}'}");
        filter.onAccess(request());
        filter.onAccess(request());

        assertThat(told(filter, DescribedRequest.get("/").header("cnt", "9").exchange()))
                .containsExactly("X-RateLimit-Limit: 9", "X-RateLimit-Remaining: 6", "X-RateLimit-Reset: 60");
    }

    @ParameterizedTest
    @CsvSource({"x", "0", "-1", "1.5", "''", "99999999999", "1000000001"})
    void quantitiesThatAreNoPositiveNumbersFail(String value) {
        var exchange = DescribedRequest.get("/").header("cnt", value).exchange();

        assertThat(plugin.bind("{'count':'$http_cnt','time_window':60}").onAccess(exchange))
                .isEqualTo(UNCOUNTABLE);
        assertThat(plugin.bind("{'count':1,'time_window':'$http_cnt'}").onAccess(exchange))
                .isEqualTo(UNCOUNTABLE);
    }

    @Test
    void slidingWindowsWeighTheOneBefore() {
        var filter = plugin.bind("{'count':2,'time_window':10,'window_type':'sliding'}");
        told(filter, request());
        told(filter, request());
        plugin.pass(15_000);

        assertThat(told(filter, request()))
                .containsExactly("X-RateLimit-Limit: 2", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 5");
        assertThat(filter.onAccess(request())).isEqualTo(REJECTED);
    }

    @Test
    void rulesCountOneAfterTheOtherUntilOneRejects() {
        var filter = plugin.bind("{'rules':[" + "{'count':2,'time_window':60,'key':'$http_x'},"
                + "{'count':9,'time_window':60,'key':'$http_none'},"
                + "{'count':1,'time_window':30,'key':'$remote_addr','header_prefix':'Ip'},"
                + "{'count':5,'time_window':30,'key':'all'}]}");

        var first = told(filter, requestOf("a@10.0.0.1"));
        var second = requestOf("a@10.0.0.1");
        var secondTold = told(filter, second);

        assertThat(first)
                .containsExactly(
                        "X-1-RateLimit-Limit: 2",
                        "X-1-RateLimit-Remaining: 1",
                        "X-1-RateLimit-Reset: 60",
                        "X-Ip-RateLimit-Limit: 1",
                        "X-Ip-RateLimit-Remaining: 0",
                        "X-Ip-RateLimit-Reset: 30",
                        "X-4-RateLimit-Limit: 5",
                        "X-4-RateLimit-Remaining: 4",
                        "X-4-RateLimit-Reset: 30");
        assertThat(secondTold).hasSize(6).contains("X-1-RateLimit-Remaining: 0", "X-Ip-RateLimit-Remaining: 0");
        assertThat(filter.onAccess(requestOf("b@10.0.0.1"))).isEqualTo(REJECTED);
    }

    @Test
    void rulesShareTheNamesOfTheMetadata() {
        var filter = plugin.metadata("{'limit_header':'L','remaining_header':'M','reset_header':'R'}")
                .bind(
                        "{'rules':[{'count':2,'time_window':60,'key':'$http_x'},{'count':1,'time_window':30,'key':'b'}]}");

        assertThat(told(filter, requestOf("a@10.0.0.1"))).containsExactly("L: 1", "M: 0", "R: 30");
    }

    @ParameterizedTest(name = "{0}: passes {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'rules':[]}                                                                | false
            {'rules':[],'allow_degradation':true}                                       | true
            {'rules':[{'count':1,'time_window':1,'key':'$http_none'}]}                  | false
            {'rules':[{'count':1,'time_window':1,'key':'$http_none'}],'allow_degradation':true} | true
            {'rules':[{'count':1,'time_window':1,'key':''}]}                            | false
            """)
    void requestsThatNoRuleCountsFailUnlessDegradationIsAllowed(String config, boolean passes) {
        assertThat(plugin.bind(config).onAccess(request())).isEqualTo(passes ? Decision.proceed() : UNCOUNTABLE);
    }

    @Test
    void setsAVariableThatTellsOfTheQuota() {
        var exchange = DescribedRequest.get("/").header("X", "a\"b").exchange();

        plugin.bind("{'count':5,'time_window':60,'key':'http_x'}").onAccess(exchange);

        assertThat(String.valueOf(exchange.variable("rate_limiting_info")))
                .matches(
                        "\\{\"rate_limiting_key\":\"/apisix/routes/1:[0-9a-f]{16}:a\\\\\"b\",\"rate_limiting_limit\":5,"
                                + "\"rate_limiting_remaining\":4,\"rate_limiting_reset\":60}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            redis          | 'redis_host':'127.0.0.1'
            redis-cluster  | 'redis_cluster_name':'c','redis_cluster_nodes':['127.0.0.1:6379']
            redis-sentinel | 'redis_master_name':'m','redis_sentinels':[{'host':'h1','port':1}]
            """)
    void refusesToCountWhereItCannot(String policy, String settings) {
        assertThat(plugin.refusal("{'count':1,'time_window':60,'policy':'" + policy + "'," + settings + "}"))
                .isEqualTo("policy: " + policy + " (expected: local, as nodes count on their own)");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                            | value should match only one schema, but matches none
            {'count':1}                                   | value should match only one schema, but matches none
            {'count':0,'time_window':60}                  | property "count" validation failed: value should match only one schema, but matches none
            {'count':1,'time_window':60,'policy':'x'}     | property "policy" validation failed: matches none of the enum values
            {'count':1,'time_window':60,'rejected_code':100} | property "rejected_code" validation failed: expected 100 to be at least 200
            {'count':1,'time_window':60,'policy':'redis'} | then clause did not match
            {'count':1,'time_window':60,'policy':'redis-cluster'} | else clause did not match
            {'count':1,'rules':[]}                        | count/time_window and rules cannot be specified at the same time
            {'rules':[],'group':'g'}                      | group and rules cannot be specified at the same time
            {'count':1,'time_window':60,'sync_interval':0.01} | sync_interval should not be smaller than 0.1
            {'count':1,'time_window':60,'sync_interval':60}   | sync_interval should be smaller than time_window
            {'rules':[{'count':1,'time_window':1,'key':'k'},{'count':2,'time_window':1,'key':'k'}]} | duplicate key 'k' in rules
            {'count':2000000000,'time_window':60}         | count, time_window: 2000000000 (expected: 1..1000000000)
            {'rules':[{'count':1,'time_window':1,'key':'k','header_prefix':'a b'}]} | header_prefix: a b (expected: part of a field's name)
            """)
    void refusesWrongConfigurations(String config, String expected) {
        assertThat(plugin.refusal(config)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'count':1,'time_window':1,'key_type':'var_combination','key':'$uri $post_arg_x'} | true
            {'count':1,'time_window':1,'key_type':'var_combination','key':'$uri $arg_x'}      | false
            {'count':1,'time_window':1,'key_type':'var','key':'post_arg_x'}                   | true
            {'count':1,'time_window':1,'key_type':'constant','key':'$post_arg_x'}             | false
            {'count':'$post_arg_n','time_window':1}                                           | true
            {'count':1,'time_window':'${post_arg_n ?? 1}'}                                    | true
            {'count':'$arg_n','time_window':1}                                                | false
            {'rules':[{'count':1,'time_window':1,'key':'a'},{'count':1,'time_window':1,'key':'$post_arg_x'}]} | true
            {'rules':[{'count':1,'time_window':1,'key':'a'}]}                                 | false
            """)
    void saysWhetherItLooksAtTheBody(String config, boolean looks) {
        assertThat(plugin.bind(config).readsBody()).isEqualTo(looks);
    }
}
