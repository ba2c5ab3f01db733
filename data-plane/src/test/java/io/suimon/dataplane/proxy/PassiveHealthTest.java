package io.suimon.dataplane.proxy;

import io.suimon.process.HeldPort;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Nodes judged by what real exchanges come to. Probing is off, so nobody comes back by himself. */
class PassiveHealthTest {

    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
    private static final String BAD = "HTTP/1.1 500 Oh\r\nContent-Length: 3\r\n\r\nbad";
    private static final String USUAL =
            "\"checks\":{\"active\":{},\"passive\":{\"unhealthy\":{\"http_failures\":2,\"tcp_failures\":2,\"timeouts\":2}}}";

    private static String upstream(String type, String more, int... ports) {
        var nodes = Arrays.stream(ports)
                .mapToObj(port -> "{\"host\":\"127.0.0.1\",\"port\":" + port + ",\"weight\":1}")
                .collect(Collectors.joining(","));
        return "\"upstream\":{\"type\":\"" + type + "\",\"nodes\":[" + nodes + "]," + more + "}";
    }

    private static String get(TestGateway gateway, String target) throws IOException {
        return gateway.exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    /** Sends requests until one who is asked by every other one is asked no more. */
    private static void awaitEjected(TestGateway gateway, RawOrigin origin) {
        await().until(() -> {
            int before = origin.connections.get() + origin.heads.size();
            for (int i = 0; i < 4; i++) {
                get(gateway, "/");
            }
            return origin.connections.get() + origin.heads.size() == before;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundrobin", "least_conn", "ewma"})
    void aNodeWithBadAnswersIsAskedNoMore(String type) throws Exception {
        try (var bad = RawOrigin.answering(BAD);
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream(type, USUAL, bad.port(), good.port()))
                        .start()) {

            awaitEjected(gateway, bad);

            assertThat(get(gateway, "/")).endsWith("good");
        }
    }

    @Test
    void aNodeThatClosesEveryConnectionIsAskedNoMore() throws Exception {
        try (var closing = new RawOrigin(connection -> {});
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream("roundrobin", USUAL, closing.port(), good.port()))
                        .start()) {

            awaitEjected(gateway, closing);

            assertThat(get(gateway, "/")).endsWith("good");
        }
    }

    @Test
    void aNodeThatAnswersGarbageIsAskedNoMore() throws Exception {
        try (var garbage = RawOrigin.answering("SSH-2.0-x\r\n\r\n");
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream("roundrobin", USUAL, garbage.port(), good.port()))
                        .start()) {

            awaitEjected(gateway, garbage);

            assertThat(get(gateway, "/")).endsWith("good");
        }
    }

    @Test
    void aNodeThatTakesTooLongIsAskedNoMore() throws Exception {
        try (var silent = new RawOrigin(connection -> {
                    connection.head();
                    connection.until("never");
                });
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream(
                                "roundrobin",
                                USUAL + ",\"timeout\":{\"connect\":9,\"send\":9,\"read\":2}",
                                silent.port(),
                                good.port()))
                        .start()) {

            awaitEjected(gateway, silent);

            assertThat(get(gateway, "/")).endsWith("good");
        }
    }

    @Test
    void whereAllAreUnhealthyAllAreAsked() throws Exception {
        try (var one = RawOrigin.answering(BAD);
                var other = RawOrigin.answering(BAD);
                var gateway = new TestGateway()
                        .route(upstream("roundrobin", USUAL, one.port(), other.port()))
                        .start()) {
            for (int i = 0; i < 20; i++) {
                get(gateway, "/");
            }
            int before = one.heads.size();

            for (int i = 0; i < 4; i++) {
                assertThat(get(gateway, "/")).endsWith("bad");
            }

            assertThat(one.heads).hasSize(before + 2);
        }
    }

    @Test
    void theOnlyNodeIsAskedWhateverItsHealth() throws Exception {
        try (var bad = RawOrigin.answering(BAD);
                var gateway = new TestGateway()
                        .route(upstream("roundrobin", USUAL, bad.port()))
                        .start()) {

            for (int i = 0; i < 10; i++) {
                assertThat(get(gateway, "/")).endsWith("bad");
            }
        }
    }

    @Test
    void onTheRingOnlyTheKeysOfAnUnhealthyNodeMove() throws Exception {
        try (var first = RawOrigin.answering(GOOD);
                var second = RawOrigin.answering(GOOD);
                var failing = RawOrigin.answering(BAD);
                var gateway = new TestGateway()
                        .route(upstream(
                                "chash", USUAL + ",\"key\":\"arg_k\"", first.port(), second.port(), failing.port()))
                        .start()) {
            var before = owners(gateway, first, second);
            await().until(() -> {
                int asked = failing.heads.size();
                owners(gateway, first, second);
                return failing.heads.size() == asked;
            });

            var after = owners(gateway, first, second);

            assertThat(after).containsAllEntriesOf(before).hasSize(40);
            assertThat(before).hasSizeLessThan(40).isNotEmpty();
        }
    }

    /** Which of the two answers each key; without the keys that neither does. */
    private static Map<Integer, Integer> owners(TestGateway gateway, RawOrigin first, RawOrigin second)
            throws IOException {
        var owners = new TreeMap<Integer, Integer>();
        for (int key = 0; key < 40; key++) {
            int ofFirst = first.heads.size();
            int ofSecond = second.heads.size();
            get(gateway, "/?k=" + key);
            if (first.heads.size() > ofFirst) {
                owners.put(key, 1);
            } else if (second.heads.size() > ofSecond) {
                owners.put(key, 2);
            }
        }
        return owners;
    }

    @Test
    void theNextPriorityIsAskedWhereAllOfTheHighestAreUnhealthy() throws Exception {
        try (var bad = RawOrigin.answering(BAD);
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route("\"upstream\":{\"type\":\"roundrobin\",\"nodes\":["
                                + "{\"host\":\"127.0.0.1\",\"port\":" + bad.port() + ",\"weight\":1,\"priority\":1},"
                                + "{\"host\":\"127.0.0.1\",\"port\":" + good.port() + ",\"weight\":1,\"priority\":0}],"
                                + USUAL + "}")
                        .start()) {
            assertThat(get(gateway, "/")).endsWith("bad");

            await().until(() -> get(gateway, "/").endsWith("good"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundrobin", "chash", "least_conn", "ewma"})
    void aNodeWithoutWeightIsAskedWhereNobodyElseIsInOrder(String type) throws Exception {
        try (var bad = RawOrigin.answering(BAD);
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route("\"upstream\":{\"type\":\"" + type + "\",\"key\":\"uri\",\"nodes\":{\"127.0.0.1:"
                                + bad.port() + "\":1,\"127.0.0.1:" + good.port() + "\":0}," + USUAL + "}")
                        .start()) {

            awaitEjected(gateway, bad);

            assertThat(get(gateway, "/")).endsWith("good");
        }
    }

    @Test
    void whatIsKnownOfANodeStaysWhenOthersComeAndGo() throws Exception {
        try (var bad = RawOrigin.answering(BAD);
                var good = RawOrigin.answering(GOOD);
                var another = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream("roundrobin", USUAL, bad.port(), good.port()))
                        .start()) {
            awaitEjected(gateway, bad);
            int before = bad.heads.size();

            gateway.reload(upstream("roundrobin", USUAL + ",\"desc\":\"x\"", another.port(), bad.port(), good.port()));

            for (int i = 0; i < 12; i++) {
                get(gateway, "/");
            }
            assertThat(bad.heads).hasSize(before);
            assertThat(another.heads).hasSize(6);
        }
    }

    @Test
    void otherChecksBeginAnew() throws Exception {
        try (var bad = RawOrigin.answering(BAD);
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream("roundrobin", USUAL, bad.port(), good.port()))
                        .start()) {
            awaitEjected(gateway, bad);
            int before = bad.heads.size();

            gateway.reload(upstream(
                    "roundrobin",
                    USUAL.replace("\"http_failures\":2", "\"http_failures\":3"),
                    bad.port(),
                    good.port()));

            await().until(() -> {
                get(gateway, "/");
                return bad.heads.size() >= before + 3;
            });
        }
    }

    @Test
    void withChecksSwitchedOffNobodyIsLeftOut() throws Exception {
        try (var bad = RawOrigin.answering(BAD);
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .setHealth("enabled", "false")
                        .route(upstream("roundrobin", USUAL, bad.port(), good.port()))
                        .start()) {

            for (int i = 0; i < 20; i++) {
                get(gateway, "/");
            }

            assertThat(bad.heads).hasSize(10);
        }
    }

    @Test
    void aNodeThatRefusesIsAskedNoMore() throws Exception {
        try (var refusing = new HeldPort();
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream("roundrobin", USUAL + ",\"retries\":0", refusing.number(), good.port()))
                        .start()) {

            await().until(() -> {
                for (int i = 0; i < 4; i++) {
                    if (!get(gateway, "/").endsWith("good")) {
                        return false;
                    }
                }
                return true;
            });
        }
    }

    @Test
    void whoFailsARequestIsProbedOnANewConnection() throws Exception {
        var carriers = new CopyOnWriteArrayList<Integer>(); // of probes, one after the other
        RawOrigin.Script script = connection -> {
            for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
                boolean probe = head.startsWith("GET /health ");
                if (probe) {
                    carriers.add(connection.number);
                }
                connection.send(probe ? GOOD : BAD);
            }
        };
        var checks =
                "\"checks\":{\"active\":{\"http_path\":\"/health\",\"healthy\":{\"successes\":1},\"unhealthy\":{}},"
                        + "\"passive\":{\"unhealthy\":{\"http_failures\":200}}}";
        try (var origin = new RawOrigin(script);
                var other = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream("roundrobin", checks, origin.port(), other.port()))
                        .start()) {
            get(gateway, "/");
            await().until(() -> carriers.size() > 3
                    && Set.copyOf(carriers.subList(carriers.size() - 3, carriers.size()))
                                    .size()
                            == 1);
            int kept = carriers.getLast();

            // A probe that is just under way may speak for the node before the next one begins: so more than once.
            await().until(() -> {
                get(gateway, "/");
                get(gateway, "/");
                return carriers.getLast() != kept;
            });
        }
    }
}
