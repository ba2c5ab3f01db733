package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.stream.PaperNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AdminReceiptsTest {

    private static final String SERVICE = "/apisix/admin/services/s";

    @TempDir
    Path folder;

    private final ArrayDeque<PaperNode> nodes = new ArrayDeque<>();
    private AdminServer server;

    @BeforeEach
    void start() throws InterruptedException {
        server = new AdminServer(folder, Map.of("suimon.admin.max-waiting", "1"));
    }

    @AfterEach
    void stop() {
        nodes.forEach(PaperNode::close);
        server.close();
    }

    @ParameterizedTest(name = "?{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            wait=                        | wait:  (expected: applied)
            wait=1                       | wait: 1 (expected: applied)
            wait=Applied                 | wait: Applied (expected: applied)
            wait=applied&min=            | min:  (expected: all, a number
            wait=applied&min=0           | min: 0 (expected: all, a number of nodes from 1 to 100000, or a percentage from 1% to 100%)
            wait=applied&min=-1          | min: -1 (expected: all, a number
            wait=applied&min=1.5         | min: 1.5 (expected: all, a number
            wait=applied&min=100001      | min: 100001 (expected: all, a number
            wait=applied&min=0%25        | min: 0% (expected: all, a number
            wait=applied&min=101%25      | min: 101% (expected: all, a number
            wait=applied&min=99999999999 | min: 99999999999 (expected: all, a number
            wait=applied&min=most        | min: most (expected: all, a number
            wait=applied&timeout=        | timeout:  (expected: 0 to 60 seconds)
            wait=applied&timeout=-1      | timeout: -1 (expected: 0 to 60 seconds)
            wait=applied&timeout=60.1    | timeout: 60.1 (expected: 0 to 60 seconds)
            wait=applied&timeout=1m      | timeout: 1m (expected: 0 to 60 seconds)
            wait=applied&timeout=soon    | timeout: soon (expected: 0 to 60 seconds)
            """)
    void whatCannotBeWaitedForIsRefusedBeforeAnythingIsWritten(String query, String message) {
        var answer = server.send("PUT", SERVICE + "?" + query, "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error_msg\":\"" + message);
        assertThat(server.stored()).isEmpty();
    }

    @ParameterizedTest(name = "?{0}")
    @CsvSource({"min=x", "timeout=x", "min=0&timeout=-1"})
    void withoutWaitTheOtherArgumentsMeanNothing(String query) {
        var answer = server.send("PUT", SERVICE + "?" + query, "{}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("X-Suimon-Receipt")).isEmpty();
    }

    @Test
    void everyKindOfWriteIsHeldUntilAllNodesRunIt() {
        node("a");
        node("b");

        assertReceipt(server.send("PUT", SERVICE + "?wait=applied", "{}"), 201, "applied 2/2 0");
        assertReceipt(server.send("PATCH", SERVICE + "?wait=applied", "{\"desc\":\"x\"}"), 200, "applied 2/2 0");
        assertReceipt(server.send("DELETE", SERVICE + "?wait=applied", ""), 200, "applied 2/2 0");
        assertReceipt(server.send("POST", "/apisix/admin/services?wait=applied", "{}"), 201, "applied 2/2 0");
        assertReceipt(server.send("PUT", "/apisix/admin/plugins/reload?wait=applied", ""), 200, "applied 2/2 0");
    }

    @Test
    void documentIsHeldToo() throws InterruptedException {
        server.close();
        server = new AdminServer(folder, Map.of("suimon.admin.mode", "configs"));
        node("a");

        var written = document("?wait=applied&min=1", "d1");
        var same = document("?wait=applied", "d1");

        assertReceipt(written, 202, "applied 1/1 0");
        assertReceipt(same, 204, "applied 1/1 0");
        assertThat(document("?wait=maybe", "d2").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> document(String query, String digest) {
        return server.send(
                "PUT",
                "/apisix/admin/configs" + query,
                "{\"services\":[{\"id\":\"s\"}]}",
                "X-API-KEY",
                AdminServer.KEY,
                "X-Digest",
                digest);
    }

    @Test
    void statusAndBodyAreThoseOfTheWriteWhateverTheNodesDo() {
        var slow = node("slow");
        slow.hold(true);
        var plain = server.send("PUT", SERVICE, "{}");

        var held = server.send("PUT", SERVICE + "?wait=applied&timeout=0.1", "{}");

        assertReceipt(held, 200, "pending 0/1 0");
        assertThat(untimed(held)).isEqualTo(untimed(plain));
    }

    private static String untimed(HttpResponse<String> answer) {
        return answer.body().replaceAll("_time\":\\d+", "_time\":0");
    }

    @ParameterizedTest(name = "min={0} with one of three nodes slow: {1}")
    @CsvSource({
        "all,    pending 2/3 0",
        "3,      pending 2/3 0",
        "2,      applied 2/3 0",
        "4,      pending 2/3 0",
        "66%25,  applied 2/3 0",
        "67%25,  pending 2/3 0",
    })
    void soManyNodesAreEnough(String min, String receipt) {
        node("a");
        node("b");
        node("slow").hold(true);
        server.send("PUT", SERVICE + "?wait=applied&min=2", "{}");

        var answer = server.send("PATCH", SERVICE + "?wait=applied&timeout=2&min=" + min, "{\"desc\":\"x\"}");

        assertReceipt(answer, 200, receipt);
    }

    @Test
    void nobodyIsNotEverybody() {
        var answer = server.send("PUT", SERVICE + "?wait=applied&timeout=0", "{}");

        assertReceipt(answer, 201, "pending 0/0 0");
    }

    @Test
    void whatFailedIsNotHeld() {
        var refused = server.send("PUT", SERVICE + "?wait=applied&timeout=60", "{\"upstream_id\":\"none\"}");
        var absent = server.send("DELETE", SERVICE + "?wait=applied&timeout=60", "");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(refused.headers().firstValue("X-Suimon-Receipt")).isEmpty();
    }

    @Test
    void nodeThatIsLostMeanwhileCountsAsOneThatDoesNotRunIt() {
        node("a");
        var lost = node("b");
        lost.hold(true);

        var answer = later(SERVICE + "?wait=applied&timeout=3");
        awaitPropagation("/pending/0/node", "b");
        lost.vanish();

        assertReceipt(answer.join(), 201, "pending 1/2 0");
        Awaitility.await().until(() -> propagation().at("/lost/0/node").asText().equals("b"));
        assertThat(nodesListed().at("/gone/0/state").asText()).isEqualTo("lost");
    }

    @Test
    void nodeThatSaysGoodbyeMeanwhileDoesNotCount() {
        node("a");
        var leaving = node("b");
        leaving.hold(true);

        var answer = later(SERVICE + "?wait=applied&timeout=20");
        awaitPropagation("/pending/0/node", "b");
        leaving.leave();

        assertReceipt(answer.join(), 201, "applied 1/1 0");
        assertThat(nodesListed().at("/gone/0/state").asText()).isEqualTo("left");
    }

    @Test
    void nodeThatHadToLeaveItOutIsNamedWithItsReason() {
        node("a");

        var answer = server.send("PUT", SERVICE + "?wait=applied", "{\"desc\":\"refuse me\"}");

        assertReceipt(answer, 201, "rejected 1/1 1");
        var rejecting = propagation().at("/rejecting/0");
        assertThat(rejecting.at("/node").asText()).isEqualTo("a");
        assertThat(rejecting.at("/rejections/0").toString())
                .isEqualTo("{\"kind\":\"services\",\"id\":\"s\",\"revision\":" + server.revision()
                        + ",\"reason\":\"as asked\"}");
        assertThat(nodesListed().at("/connected/0/rejections_total").asInt()).isEqualTo(1);
    }

    @Test
    void laggardIsNamedWithItsRevisionAndSinceWhen() {
        node("a");
        server.send("PUT", SERVICE + "?wait=applied", "{}");
        long before = server.revision();
        node("slow").hold(true);
        nodes.getLast().hold(false);
        server.send("PATCH", SERVICE + "?wait=applied", "{\"desc\":\"x\"}");
        nodes.getLast().hold(true);

        server.send("PATCH", SERVICE + "?wait=applied&min=1", "{\"desc\":\"y\"}");

        var report = propagation();
        assertThat(report.at("/applied/0").asText()).isEqualTo("a");
        assertThat(report.at("/pending/0/node").asText()).isEqualTo("slow");
        assertThat(report.at("/pending/0/revision").asLong()).isEqualTo(before + 1);
        assertThat(report.at("/pending/0/since").asText()).startsWith("20").endsWith("Z");
        assertThat(report.at("/head").asLong()).isEqualTo(server.revision());
        assertThat(nodesListed().at("/connected/1/behind_since").asText()).startsWith("20");
        assertThat(nodesListed().at("/connected/0/behind_since").isNull()).isTrue();
    }

    @Test
    void soManyMayWaitAndOneMoreWritesNothing() {
        node("slow").hold(true);
        var waiting = later(SERVICE + "?wait=applied&timeout=30");
        awaitPropagation("/pending/0/node", "slow");

        var refused = server.send("PUT", "/apisix/admin/services/more?wait=applied", "{}");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).startsWith("{\"error_msg\":\"too many requests wait for nodes (limit 1)\"");
        assertThat(server.stored()).containsOnlyKeys("services/s");
        nodes.getLast().hold(false);
        assertReceipt(waiting.join(), 201, "applied 1/1 0");
    }

    private PaperNode node(String id) {
        var node = new PaperNode(id, server.stream().port());
        nodes.add(node);
        Awaitility.await().until(() -> nodesListed().at("/connected").toString().contains("\"id\":\"" + id + "\""));
        return node;
    }

    private CompletableFuture<HttpResponse<String>> later(String path) {
        return CompletableFuture.supplyAsync(() -> server.send("PUT", path, "{}"));
    }

    private void awaitPropagation(String pointer, String value) {
        Awaitility.await()
                .until(() -> server.revision() > 1
                        && propagation().at(pointer).asText().equals(value)
                        && server.stored().containsKey("services/s"));
    }

    private JsonNode propagation() {
        return json("/suimon/v1/revisions/" + server.revision() + "/propagation");
    }

    private JsonNode nodesListed() {
        return json("/suimon/v1/nodes");
    }

    private JsonNode json(String path) {
        return Json.object(server.send("GET", path, "").body().getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private static void assertReceipt(HttpResponse<String> answer, int status, String receipt) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        var headers = answer.headers();
        assertThat(headers.firstValue("X-Suimon-Receipt").orElse("none") + " "
                        + headers.firstValue("X-Suimon-Applied").orElse("") + " "
                        + headers.firstValue("X-Suimon-Rejecting").orElse(""))
                .isEqualTo(receipt);
    }
}
