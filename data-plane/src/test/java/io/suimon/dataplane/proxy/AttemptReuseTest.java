package io.suimon.dataplane.proxy;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.UpstreamAttempt;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.HeldPort;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Of an exchange's tries nothing is left for the next one on the connection. */
class AttemptReuseTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    /** Writes down the tries of each exchange. */
    private record Noting(List<String> notes) implements Filter {

        @Override
        public Decision onRequest(Exchange exchange) {
            return Decision.proceed();
        }

        @Override
        public void onLog(Exchange exchange) {
            notes.add(exchange.attempts().stream().map(Noting::text).collect(Collectors.joining(", ")));
        }

        private static String text(UpstreamAttempt attempt) {
            return "%s: %d, %d bytes%s%s"
                    .formatted(
                            attempt.address.getPort(),
                            attempt.status,
                            attempt.responseBytes,
                            attempt.connectNanos < 0 ? "" : ", connected",
                            attempt.headerNanos < 0 ? "" : ", answered");
        }
    }

    private static String route(String uri, int... ports) {
        var nodes = new StringBuilder();
        for (int port : ports) {
            nodes.append(nodes.isEmpty() ? "" : ",").append("\"127.0.0.1:" + port + "\":1");
        }
        return "{\"uri\":\"" + uri + "\",\"plugins\":{\"noting\":{}},\"upstream\":{\"retries\":" + (ports.length - 1)
                + ",\"nodes\":{" + nodes + "}}}";
    }

    @Test
    void eachExchangeOfAConnectionHasTriesOfItsOwn() throws Exception {
        var notes = new CopyOnWriteArrayList<String>();
        try (var dead = new HeldPort();
                var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .with(new FilterPlugin("noting", 1, EnumSet.of(Phase.LOG), new Noting(notes)))
                        .resource(ResourceKind.ROUTE, "1", route("/answers", origin.port()))
                        .resource(ResourceKind.ROUTE, "2", route("/dead", dead.number()))
                        .resource(ResourceKind.ROUTE, "3", route("/either", dead.number(), origin.port()))
                        .start();
                var client = gateway.client()) {

            for (var path : List.of("/answers", "/dead", "/either", "/either", "/answers")) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").response();
            }

            var answered = origin.port() + ": 200, 2 bytes, connected, answered";
            var refused = dead.number() + ": 502, 0 bytes";
            await().until(() -> notes.size() == 5);
            assertThat(notes).startsWith(answered, refused).endsWith(answered);
            assertThat(notes.subList(2, 4))
                    .contains(refused + ", " + answered)
                    .allMatch(either -> either.endsWith(answered));
        }
    }
}
