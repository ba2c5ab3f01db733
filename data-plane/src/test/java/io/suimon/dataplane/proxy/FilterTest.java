package io.suimon.dataplane.proxy;

import io.suimon.engine.http.BodyTransform;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import io.suimon.engine.plugins.keyauth.KeyAuthPlugin;
import io.suimon.engine.resource.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class FilterTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static TestGateway gateway(Filter filter, int port) throws Exception {
        return new TestGateway()
                .with(new FilterPlugin("p", 1, filter))
                .route("\"plugins\":{\"p\":{}}," + TestGateway.upstream(port))
                .start();
    }

    /** Writes down when it is called. */
    private record Recording(String name, List<String> calls) implements Filter {
        @Override
        public Decision onRequest(Exchange exchange) {
            throw new AssertionError("every phase has its own method here");
        }

        private Decision noted(String phase) {
            calls.add(name + " " + phase);
            return Decision.proceed();
        }

        @Override
        public Decision onRewrite(Exchange exchange) {
            return noted("rewrite");
        }

        @Override
        public Decision onAccess(Exchange exchange) {
            return noted("access");
        }

        @Override
        public Decision onBeforeProxy(Exchange exchange) {
            return noted("before_proxy");
        }

        @Override
        public void onResponse(Exchange exchange) {
            noted("response " + exchange.response().status());
        }

        @Override
        public void onLog(Exchange exchange) {
            noted("log " + exchange.attempts().size());
        }
    }

    @Test
    void runsGlobalFiltersBeforeTheRoutesInEachPhase() throws Exception {
        var calls = new CopyOnWriteArrayList<String>();
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .with(new FilterPlugin("g", 1, new Recording("g", calls)))
                        .with(new FilterPlugin("r", 2, new Recording("r", calls)))
                        .resource(ResourceKind.GLOBAL_RULE, "1", "{\"plugins\":{\"g\":{}}}")
                        .route("\"plugins\":{\"r\":{}}," + TestGateway.upstream(origin.port()))
                        .start()) {

            gateway.exchange(GET);

            assertThat(calls)
                    .containsExactly(
                            "g rewrite",
                            "r rewrite",
                            "g access",
                            "r access",
                            "g before_proxy",
                            "r before_proxy",
                            "g response 200",
                            "r response 200",
                            "g log 1",
                            "r log 1");
        }
    }

    @Test
    void runsFiltersOfAConsumerFromTheMomentItIsKnown() throws Exception {
        var calls = new CopyOnWriteArrayList<String>();
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .with(new KeyAuthPlugin())
                        .with(new FilterPlugin("g", 1, new Recording("g", calls)))
                        .with(new FilterPlugin("r", 2, new Recording("r", calls)))
                        .with(new FilterPlugin("c", 3, new Recording("c", calls)))
                        .resource(ResourceKind.GLOBAL_RULE, "1", "{\"plugins\":{\"g\":{}}}")
                        .resource(
                                ResourceKind.CONSUMER,
                                "jack",
                                "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"k\"},\"c\":{}}}")
                        .route("\"plugins\":{\"key-auth\":{},\"r\":{}}," + TestGateway.upstream(origin.port()))
                        .start()) {

            gateway.exchange("GET /x HTTP/1.1\r\nHost: a\r\napikey: k\r\nConnection: close\r\n\r\n");

            assertThat(calls)
                    .containsExactly(
                            "g rewrite",
                            "r rewrite",
                            "c rewrite",
                            "g access",
                            "c access",
                            "r access",
                            "g before_proxy",
                            "c before_proxy",
                            "r before_proxy",
                            "g response 200",
                            "c response 200",
                            "r response 200",
                            "g log 1",
                            "c log 1",
                            "r log 1");
        }
    }

    @Test
    void runsGlobalFiltersWhereNoRouteMatches() throws Exception {
        var calls = new CopyOnWriteArrayList<String>();
        try (var gateway = new TestGateway()
                .with(new FilterPlugin("g", 1, new Recording("g", calls)))
                .resource(ResourceKind.GLOBAL_RULE, "1", "{\"plugins\":{\"g\":{}}}")
                .start()) {

            var answer = gateway.exchange(GET);

            assertThat(answer).startsWith("HTTP/1.1 404 Not Found");
            assertThat(calls).containsExactly("g rewrite", "g access", "g response 404", "g log 0");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "200, 'HTTP/1.1 200 OK',                        'Transfer-Encoding: chunked', '\r\n\r\n0\r\n\r\n'",
        "204, 'HTTP/1.1 204 No Content',                'Server: APISIX/3.18.0',      '\r\n\r\n'",
        "302, 'HTTP/1.1 302 Moved Temporarily',         'Content-Type: text/html',    '</html>\r\n'",
        "401, 'HTTP/1.1 401 Unauthorized',              'Content-Type: text/html; charset=utf-8', '</html>\r\n'",
        "422, 'HTTP/1.1 422 ',                          'Content-Length: 0',          '\r\n\r\n'",
        "495, 'HTTP/1.1 400 Bad Request',               'Content-Type: text/html; charset=utf-8', '</html>\r\n'",
    })
    void answersAStatusWithoutBodyAsNginxDoes(int status, String line, String field, String end) throws Exception {
        try (var gateway = gateway(exchange -> Decision.reply(status), 1)) {

            var answer = gateway.exchange(GET);

            assertThat(answer)
                    .startsWith(line + "\r\n")
                    .contains("\r\n" + field + "\r\n")
                    .endsWith(end);
        }
    }

    @ParameterizedTest
    @CsvSource({"408", "444", "499"})
    void hangsUpWithoutAnAnswerOnSilentStatuses(int status) throws Exception {
        try (var gateway = gateway(exchange -> Decision.reply(status), 1)) {

            var answer = gateway.exchange(GET);

            assertThat(answer).isEmpty();
            assertThat(gateway.finished).containsExactly("GET /x " + status);
        }
    }

    @Test
    void waitsForAFilterAndGoesOnWithWhatItDecides() throws Exception {
        var decision = new CompletableFuture<Decision>();
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway(exchange -> new Decision.Suspend(decision), origin.port());
                var client = gateway.client()) {
            client.send(GET);

            var decided = CompletableFuture.supplyAsync(() -> decision.complete(Decision.proceed()));
            var answer = client.all();

            assertThat(answer).startsWith("HTTP/1.1 200 OK");
            assertThat(decided.join()).isTrue();
        }
    }

    @Test
    void whatEndsAWaitIsAskedOnTheLoopOfTheExchange() throws Exception {
        var threads = new CopyOnWriteArrayList<Thread>();
        Filter resuming = exchange -> {
            threads.add(Thread.currentThread());
            return new Decision.Suspend(CompletableFuture.supplyAsync(() -> new Decision.Resume(() -> {
                threads.add(Thread.currentThread());
                exchange.request().headers().set(HeaderName.of("X-New"), "1");
                return new Decision.Resume(Decision::proceed);
            })));
        };
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway(resuming, origin.port())) {

            gateway.exchange(GET);

            assertThat(origin.heads.getFirst()).contains("X-New: 1\r\n");
            assertThat(threads).hasSizeGreaterThan(1).allMatch(threads.getFirst()::equals);
        }
    }

    @Test
    void answersInternalErrorWhereWhatEndsAWaitThrows() throws Exception {
        Filter broken = exchange -> new Decision.Resume(() -> {
            throw new IllegalStateException("broken on purpose");
        });
        try (var gateway = gateway(broken, 1)) {

            assertThat(gateway.exchange(GET)).startsWith("HTTP/1.1 500 Internal Server Error\r\n");
        }
    }

    @Test
    void answersInternalErrorWhereAFilterNeverDecides() throws Exception {
        try (var gateway = new TestGateway()
                .set("timeout.plugin", "PT0.2S")
                .with(new FilterPlugin("p", 1, exchange -> new Decision.Suspend(new CompletableFuture<>())))
                .route("\"plugins\":{\"p\":{}}," + TestGateway.upstream(1))
                .start()) {

            var answer = gateway.exchange(GET);

            assertThat(answer)
                    .startsWith("HTTP/1.1 500 Internal Server Error\r\n")
                    .contains("Content-Length: 249");
        }
    }

    @Test
    void answersInternalErrorWhereAFilterThrows() throws Exception {
        Filter broken = exchange -> {
            throw new IllegalStateException("broken on purpose");
        };
        try (var gateway = gateway(broken, 1)) {

            var answer = gateway.exchange(GET);

            assertThat(answer).startsWith("HTTP/1.1 500 Internal Server Error\r\n");
            assertThat(gateway.listener().counts().filterErrors()).isPositive();
        }
    }

    @Test
    void forwardsWhatFiltersMadeOfTheRequest() throws Exception {
        Filter rewriting = exchange -> {
            exchange.upstream().method("PUT");
            exchange.upstream().target("/new?q");
            exchange.upstream().host("other");
            exchange.request().headers().set(HeaderName.of("X-Forwarded-Proto"), "https");
            exchange.request().headers().set(HeaderName.of("X-New"), "1");
            exchange.request().headers().remove(HeaderName.of("X-Old"));
            return Decision.proceed();
        };
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway(rewriting, origin.port())) {

            gateway.exchange("GET /x HTTP/1.1\r\nHost: a\r\nX-Old: 1\r\nX-Kept: 1\r\nConnection: close\r\n\r\n");

            assertThat(origin.heads.getFirst())
                    .startsWith("PUT /new?q HTTP/1.1\r\nHost: other\r\nX-Kept: 1\r\n")
                    .contains("X-New: 1\r\n")
                    .containsOnlyOnce("X-Forwarded-Proto: https\r\n")
                    .doesNotContain("X-Old", "X-Forwarded-Proto: http\r\n");
        }
    }

    @Test
    void sendsTheBodyThroughATransform() throws Exception {
        var filter = new Filter() {
            @Override
            public Decision onRequest(Exchange exchange) {
                return Decision.proceed();
            }

            @Override
            public void onResponse(Exchange exchange) {
                exchange.response().status(201);
                exchange.response().headers().set(HeaderName.SERVER, "me");
                BodyTransform upperCase =
                        (part, last) -> (new String(part, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT)
                                        + (last ? "!" : ""))
                                .getBytes(StandardCharsets.ISO_8859_1);
                exchange.response().transform(upperCase);
            }
        };
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway(filter, origin.port())) {

            var answer = gateway.exchange(GET);

            assertThat(answer)
                    .startsWith("HTTP/1.1 201 Created\r\n")
                    .contains("\r\nServer: me\r\n", "\r\nTransfer-Encoding: chunked\r\n")
                    .doesNotContain("Content-Length", "APISIX")
                    .endsWith("\r\n\r\n2\r\nHI\r\n1\r\n!\r\n0\r\n\r\n");
        }
    }

    @Test
    void runsTheLastFiltersAgainBeforeEachTry() throws Exception {
        var calls = new CopyOnWriteArrayList<String>();
        try (var failing = new RawOrigin(RawOrigin.Connection::head);
                var gateway = new TestGateway()
                        .with(new FilterPlugin("r", 2, new Recording("r", calls)))
                        .route("\"plugins\":{\"r\":{}}," + TestGateway.upstream(failing.port(), "\"retries\":2"))
                        .start()) {

            gateway.exchange(GET);

            assertThat(calls)
                    .containsExactly(
                            "r rewrite",
                            "r access",
                            "r before_proxy",
                            "r before_proxy",
                            "r before_proxy",
                            "r response 502",
                            "r log 3");
        }
    }

    @Test
    void aGlobalFilterStandsBackForTheRoutesOwn() throws Exception {
        var calls = new CopyOnWriteArrayList<String>();
        var prefersRoute = new Plugin<FilterPlugin.NoConfig>() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public int priority() {
                return 1;
            }

            @Override
            public Class<FilterPlugin.NoConfig> configType() {
                return FilterPlugin.NoConfig.class;
            }

            @Override
            public boolean prefersRoute() {
                return true;
            }

            @Override
            public Filter bind(FilterPlugin.NoConfig config, PluginHost host) {
                return exchange -> {
                    calls.add(host.owner().path());
                    return Decision.reply(204);
                };
            }
        };
        try (var gateway = new TestGateway()
                .with(prefersRoute)
                .resource(ResourceKind.GLOBAL_RULE, "g", "{\"id\":\"g\",\"plugins\":{\"counting\":{}}}")
                .route("\"plugins\":{\"counting\":{}}")
                .start()) {
            gateway.exchange(GET);

            assertThat(calls).hasSize(1).allMatch(owner -> owner.startsWith("routes/"));
        }
    }
}
