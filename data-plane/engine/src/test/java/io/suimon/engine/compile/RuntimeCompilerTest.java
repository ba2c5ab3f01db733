package io.suimon.engine.compile;

import io.suimon.engine.compile.RouteRuntime.Destination;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.StoredResource;
import io.suimon.engine.resource.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.suimon.engine.compile.TestBench.key;
import static io.suimon.engine.compile.TestBench.resource;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class RuntimeCompilerTest {

    private static final String UPSTREAM = "{'nodes':{'127.0.0.1:1980':1}}";
    private static final String ROUTE = "{'uri':'/r','plugins':{'first':{'say':'hi'}},'upstream':" + UPSTREAM + "}";

    private final TestBench bench = new TestBench();

    @Test
    void theRuntimeAChangeIsAppliedToStaysAsItIs() {
        bench.put("routes/1", ROUTE);
        var before = bench.runtime();

        bench.remove("routes/1");

        assertThat(bench.route("/r")).isNull();
        assertThat(before.revision()).isEqualTo(1);
        assertThat(TestBench.describe(before, DescribedRequest.get("/r"), List.of()))
                .contains("hi by routes/1");
    }

    @Test
    void manyResourcesAtOnceAreThoseOneByOne() {
        var all = IntStream.range(0, 2_000)
                .mapToObj(i -> TestBench.resource(
                        "routes/" + i,
                        i + 1,
                        i % 7 == 0 ? "{'uri':'no slash'}" : ROUTE.replace("'uri':'/r'", "'uri':'/r" + i + "'")))
                .toArray(StoredResource[]::new);
        var oneByOne = new TestBench().load();
        for (var resource : all) {
            oneByOne.put(resource.key().path(), new String(resource.json(), StandardCharsets.UTF_8));
        }

        var atOnce = new TestBench().load(all);

        assertThat(atOnce.rejections()).hasSize(286);
        assertThat(keys(atOnce)).isEqualTo(keys(oneByOne));
        assertThat(IntStream.range(0, 2_000)
                        .filter(i -> atOnce.route("/r" + i) != null)
                        .count())
                .isEqualTo(1_714);
    }

    private static List<String> keys(TestBench bench) {
        return bench.rejections().stream()
                .map(rejection -> rejection.key().path() + " " + rejection.reason())
                .toList();
    }

    @Test
    void aTargetStaysTheSameObjectWhileItsUpstreamDoes() {
        bench.put("routes/1", ROUTE);
        var before = target("/r");

        bench.put("routes/1", ROUTE.replace("'hi'", "'hello'"));

        assertThat(target("/r")).isSameAs(before);
        assertThat(bench.routed("/r").chain().links().getFirst().filter()).hasToString("hello by routes/1");
    }

    @Test
    void aTargetIsAnotherWhenItsUpstreamChanged() {
        bench.put("upstreams/1", UPSTREAM).put("routes/1", "{'uri':'/r','upstream_id':'1'}");
        var before = target("/r");

        bench.put("upstreams/1", UPSTREAM.replace("1980", "1981"));

        assertThat(target("/r")).isNotSameAs(before);
        assertThat(target("/r").upstream().endpoints().getFirst().port()).isEqualTo(1981);
    }

    @Test
    void aFilterIsKeptWhileItsConfigurationIs() {
        bench.put("routes/1", ROUTE);
        var before = bench.routed("/r").chain().links().getFirst().filter();

        bench.put("routes/1", ROUTE.replace("'uri':'/r'", "'uri':'/r','priority':7"));

        assertThat(bench.routed("/r").chain().links().getFirst().filter()).isSameAs(before);
    }

    @Test
    void theFilterOfAServiceIsOneForAllItsRoutes() {
        bench.put("services/1", "{'plugins':{'first':{'say':'hi'}},'upstream':" + UPSTREAM + "}")
                .put("routes/1", "{'uri':'/r','service_id':'1'}")
                .put("routes/2", "{'uri':'/s','service_id':'1','plugins':{'middle':{}}}");

        var one = bench.routed("/r").chain().links().getFirst().filter();
        var other = bench.routed("/s").chain().links().getFirst().filter();

        assertThat(one).isSameAs(other);
    }

    @Test
    void whatIsPutAgainUnchangedIsNotCompiledAgain() {
        var route = resource("routes/1", 1, ROUTE);
        var route2 = resource("routes/2", 2, ROUTE.replace("/r", "/s"));
        bench.load(route, route2);
        var before = bench.routed("/r");

        bench.load(route, resource("routes/3", 3, ROUTE.replace("/r", "/t")));

        assertThat(bench.routed("/r")).isSameAs(before);
        assertThat(bench.route("/s")).isNull();
        assertThat(bench.route("/t")).isNotNull();
    }

    @Test
    void aRouteIsCompiledAnewWhenWhatItRefersToComesAndGoes() {
        bench.put("routes/1", "{'uri':'/r','service_id':'s','plugin_config_id':'p'}");
        var nothingThere = bench.routed("/r").target();
        bench.put("plugin_configs/p", "{'plugins':{'first':{}}}");
        var noService = bench.routed("/r").target();
        bench.put("services/s", "{'upstream_id':'u'}");
        var noUpstream = bench.routed("/r").target();
        bench.put("upstreams/u", UPSTREAM);
        var complete = bench.routed("/r").target();

        bench.remove("upstreams/u");

        assertThat(nothingThere).isEqualTo(new Destination.Unavailable(503, true));
        assertThat(noService).isEqualTo(new Destination.Unavailable(404, true));
        assertThat(noUpstream).isEqualTo(new Destination.Unavailable(502, false));
        assertThat(complete).isInstanceOf(Destination.Proxy.class);
        assertThat(bench.routed("/r").target()).isEqualTo(new Destination.Unavailable(502, false));
    }

    @Test
    void anUpstreamThatNamesAServiceNeedsNoEndpoints() {
        bench.put("routes/1", "{'uri':'/r','upstream':{'type':'magic','service_name':'s','discovery_type':'dns'}}");

        assertThat(bench.routed("/r").target()).isInstanceOf(Destination.Proxy.class);
        assertThat(target("/r")
                        .upstream()
                        .withEndpoints(List.of(new Endpoint("a", 1, 1, 0)))
                        .endpoints())
                .containsExactly(new Endpoint("a", 1, 1, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'uri':'/r','plugins':{}} | 503",
                "{'uri':'/r','upstream':{'nodes':{}}} | 503",
                "{'uri':'/r','upstream':{'type':'magic','nodes':{'a:1':1,'b:1':1}}} | 500",
            })
    void aRouteThatCannotBeProxiedAnswersByItself(String route, int status) {
        bench.put("routes/1", route);

        assertThat(bench.routed("/r").target()).isEqualTo(new Destination.Unavailable(status, false));
        assertThat(bench.rejections()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'uri':7} | uri",
                "no json | ",
                "{'uri':'/r','plugins':{'first':{'say':'broken'}}} | say: broken (expected: anything else)",
                "{'uri':'/r','plugins':{'no-such':{}}} | unknown plugin [no-such]",
                "{'uri':'/r','plugins':{},'filter_func':'function(vars) return true end'} | (expected: the condition as vars)",
                "{'uri':'/r','script':'local _M = {} return _M'} | script: Lua cannot be run (expected: plugins)",
                "{'uri':'/r','plugins':{},'vars':[['arg_a','nonsense','1']]} | invalid operator 'nonsense'",
                "{'uri':'/r','vars':[['a','nonsense','1']],'script':'local _M = {} return _M'} | invalid operator 'nonsense'",
            })
    void aRouteThatDoesNotCompileStaysAtItsLastGoodForm(String broken, String reason) {
        bench.put("routes/1", ROUTE);

        bench.put("routes/1", broken).put("routes/2", ROUTE.replace("/r", "/s"));

        assertThat(bench.routed("/r").chain().links().getFirst().filter()).hasToString("hi by routes/1");
        assertThat(bench.route("/s")).isNotNull();
        assertThat(bench.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.key()).isEqualTo(key("routes/1"));
            assertThat(rejection.modRevision()).isEqualTo(2);
            assertThat(rejection.reason()).contains(reason == null ? "" : reason);
        });
    }

    @Test
    void aStreamRouteInsideAProtocolIsLeftOut() {
        bench.put("stream_routes/1", "{'server_port':9100,'protocol':{'name':'redis'}}");

        assertThat(bench.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason()).contains("unknown protocol [redis]"));
    }

    @Test
    void aRejectionEndsWithAGoodForm() {
        bench.put("routes/1", "{'uri':7}");
        var rejected = bench.rejections();

        bench.put("routes/1", ROUTE);

        assertThat(rejected).hasSize(1);
        assertThat(bench.rejections()).isEmpty();
        assertThat(bench.route("/r")).isNotNull();
    }

    @Test
    void aRejectionEndsWithItsResource() {
        bench.put("routes/1", ROUTE).put("routes/1", "{'uri':7}");

        bench.remove("routes/1");

        assertThat(bench.rejections()).isEmpty();
        assertThat(bench.route("/r")).isNull();
    }

    @Test
    void aFilterIsBoundAnewWhenTheMetadataOfItsPluginChanges() {
        bench.put("routes/1", ROUTE).put("plugin_metadata/first", "{'accent':'x'}");
        var withMetadata =
                bench.routed("/r").chain().links().getFirst().filter().toString();

        bench.remove("plugin_metadata/first");

        assertThat(withMetadata).isEqualTo("hi by routes/1~x");
        assertThat(bench.routed("/r").chain().links().getFirst().filter()).hasToString("hi by routes/1");
    }

    @Test
    void aDisabledRouteMatchesNothing() {
        bench.put("routes/1", ROUTE);

        bench.put("routes/1", ROUTE.replace("'uri'", "'status':0,'uri'"));

        assertThat(bench.route("/r")).isNull();
        assertThat(bench.rejections()).isEmpty();
    }

    @Test
    void ofTwoEqualRoutesTheOneCreatedFirstIsTakenWhateverTheOrderOfLoading() {
        bench.put("routes/b", ROUTE).put("routes/a", ROUTE);
        var arrived = bench.routed("/r").facts().routeId();

        var loaded = new TestBench().load(resource("routes/a", 2, ROUTE), resource("routes/b", 1, ROUTE));

        assertThat(arrived).isEqualTo("b");
        assertThat(loaded.routed("/r").facts().routeId()).isEqualTo("b");
    }

    @Test
    void aPluginOnTwoGlobalRulesRunsOnNeitherUntilOneGivesItUp() {
        bench.put("global_rules/1", "{'plugins':{'first':{'say':'a'},'middle':{'say':'b'}}}")
                .put("global_rules/2", "{'plugins':{'first':{'say':'c'}}}");
        var conflicting = bench.runtime().globalChain().links();
        var conflicts = bench.rejections();

        bench.remove("global_rules/2");

        assertThat(conflicting)
                .singleElement()
                .satisfies(link -> assertThat(link.plugin()).isEqualTo("middle"));
        assertThat(conflicts)
                .hasSize(2)
                .allSatisfy(conflict -> assertThat(conflict.reason()).contains("first"));
        assertThat(bench.runtime().globalChain().links()).hasSize(2);
        assertThat(bench.rejections()).isEmpty();
    }

    @Test
    void aConsumerIsFoundByItsTokensAndThoseOfItsCredentials() {
        bench.put("consumers/jack/credentials/c1", "{'plugins':{'token':{'token':'t2'}}}");
        var orphan = bench.runtime().consumers().find("token", "t2");
        bench.put(
                "consumers/jack", "{'username':'jack','labels':{'custom_id':'7'},'plugins':{'token':{'token':'t1'}}}");

        var own = requireNonNull(bench.runtime().consumers().find("token", "t1"));
        var byCredential = requireNonNull(bench.runtime().consumers().find("token", "t2"));

        assertThat(orphan).isNull();
        assertThat(own.consumer().credentialId()).isNull();
        assertThat(byCredential.consumer().username()).isEqualTo("jack");
        assertThat(byCredential.consumer().credentialId()).isEqualTo("c1");
        assertThat(byCredential.consumer().customId()).isEqualTo("7");
    }

    @Test
    void aRemovedConsumerIsFoundByNothing() {
        bench.put("consumers/jack", "{'username':'jack','plugins':{'token':{'token':'t1'}}}")
                .put("consumers/jack/credentials/c1", "{'plugins':{'token':{'token':'t2'}}}");

        bench.remove("consumers/jack");

        assertThat(bench.runtime().consumers().find("token", "t1")).isNull();
        assertThat(bench.runtime().consumers().find("token", "t2")).isNull();
        assertThat(bench.runtime().consumers().named("jack")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"$secret://vault/1/jack/token", "$env://TOKEN", "$ENV://TOKEN"})
    void nobodyIsKnownByASecretThatIsOnlyNamed(String token) {
        bench.put("consumers/jack", "{'username':'jack','plugins':{'token':{'token':'" + token + "'}}}");

        assertThat(bench.runtime().consumers().find("token", token)).isNull();
        assertThat(bench.runtime().consumers().named("jack")).isNotNull();
        assertThat(bench.rejections()).isEmpty();
    }

    @Test
    void aReviewSaysWhatApplyWouldAndAppliesNothing() {
        bench.put("routes/1", ROUTE);

        var bad = bench.compiler()
                .review(bench.runtime(), resource("routes/1", 2, "{'uri':'/r','plugins':{'no-such':{}}}"));
        var good = bench.compiler().review(bench.runtime(), resource("routes/1", 2, ROUTE.replace("/r", "/q")));

        assertThat(bad).extracting(Violation::message).containsExactly("unknown plugin [no-such]");
        assertThat(good).isEmpty();
        assertThat(bench.route("/r")).isNotNull();
        assertThat(bench.rejections()).isEmpty();
    }

    private UpstreamTarget target(String path) {
        return ((Destination.Proxy) bench.routed(path).target()).target();
    }
}
