package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.Mutation;
import io.suimon.process.TestPatience;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnumSource(TestStore.class)
class ConditionalRequestsTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** The start is told. */
    @Parameter
    @Nullable
    TestStore given;

    private AdminServer server;

    @BeforeParameterizedClassInvocation
    void start(TestStore store, @TempDir Path folder) throws InterruptedException {
        server = store.open(folder);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    /** The revision of the resource is written as REV, one that it is not as OLD. */
    @ParameterizedTest(name = "{0} of what is there with {1}: {2} -> {3}")
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "PUT,    If-Match,      \"REV\",          200",
                "PUT,    If-Match,      REV,              200",
                "PUT,    If-Match,      \"OLD\",          412",
                "PUT,    If-Match,      *,                200",
                "PUT,    If-Match,      ~\"OLD\", \"REV\"~, 200",
                "PUT,    If-Match,      W/\"REV\",        412",
                "PUT,    If-Match,      \"other\",        412",
                "PUT,    If-Match,      \"of REV\",       412",
                "PUT,    If-Match,      what,             400",
                "PUT,    If-None-Match, *,                412",
                "PUT,    If-None-Match, \"REV\",          412",
                "PUT,    If-None-Match, \"OLD\",          200",
                "PATCH,  If-Match,      \"REV\",          200",
                "PATCH,  If-Match,      \"OLD\",          412",
                "DELETE, If-Match,      \"OLD\",          412",
                "DELETE, If-Match,      \"REV\",          200",
                "DELETE, If-Match,      *,                200",
            })
    void aWriteIsCarriedOutOnTheRevisionItNames(String method, String header, String value, int status) {
        var path = "/apisix/admin/services/there-" + NAMES.incrementAndGet();
        var revision = revision(server.send("PUT", path, "{}"));
        var condition = value.replace("REV", revision).replace("OLD", "1");

        var answer = server.send(method, path, "{\"name\":\"n\"}", "X-API-KEY", AdminServer.KEY, header, condition);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0} of what is not there with {1}: {2} -> {3}")
    @CsvSource({
        "PUT,    If-None-Match, *,   201",
        "PUT,    If-Match,      *,   412",
        "PUT,    If-Match,      5,   412",
        "PATCH,  If-Match,      *,   412",
        "DELETE, If-Match,      5,   412",
        "DELETE, If-None-Match, *,   404",
    })
    void aWriteMayAskThatThereIsSomethingOrNothing(String method, String header, String value, int status) {
        var path = "/apisix/admin/services/absent-" + NAMES.incrementAndGet();

        var answer = server.send(method, path, "{}", "X-API-KEY", AdminServer.KEY, header, value);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void aRefusalSaysWhatIsThereAndWhatWasExpected() {
        var revision = revision(server.send("PUT", "/apisix/admin/services/said", "{}"));

        var answer = server.send(
                "PUT", "/apisix/admin/services/said", "{}", "X-API-KEY", AdminServer.KEY, "If-Match", "\"1\"");

        assertThat(answer.body())
                .isEqualTo("{\"error_msg\":\"precondition failed: services/said is at " + revision
                        + " (expected: If-Match \\\"1\\\")\"}\n");
        assertThat(answer.headers().firstValue("X-Suimon-Revision")).isPresent();
    }

    @Test
    void ofManyWhoChangeTheSameRevisionOneSucceeds() {
        var revision = revision(server.send("PUT", "/apisix/admin/services/raced", "{}"));

        var statuses = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> server.send(
                        "PATCH",
                        "/apisix/admin/services/raced",
                        "{\"name\":\"n" + i + "\"}",
                        "X-API-KEY",
                        AdminServer.KEY,
                        "If-Match",
                        revision))
                .map(HttpResponse::statusCode)
                .toList();

        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
    }

    @Test
    void whoLosesAgainAndAgainIsToldSo() {
        var path = "/apisix/admin/services/contended";
        server.send("PUT", path, "{}");
        var over = new AtomicBoolean();
        var others = Stream.generate(() -> Thread.startVirtualThread(() -> {
                    while (!over.get()) {
                        server.writePastTheApi(
                                new Mutation.Put("services/contended", "{}".getBytes(StandardCharsets.UTF_8), null));
                    }
                }))
                .limit(8)
                .toList();

        var lost = Awaitility.await()
                .until(() -> server.send("PATCH", path, "{\"name\":\"n\"}"), answer -> answer.statusCode() != 200);
        over.set(true);

        assertThat(lost.statusCode()).isEqualTo(503);
        assertThat(lost.body())
                .isEqualTo("{\"error_msg\":\"value changed before overwritten\",\"may_take_effect\":false}\n");
        assertThat(others)
                .allSatisfy(thread -> assertThat(thread.join(TestPatience.LONG)).isTrue());
    }

    @ParameterizedTest(name = "If-None-Match: {0} -> {1}")
    @CsvSource(
            quoteCharacter = '~',
            value = {"\"REV\", 304", "W/\"REV\", 304", "*, 304", "\"1\", 200", "nonsense, 200"})
    void readersAreNotSentWhatTheyHave(String value, int status) {
        var path = "/apisix/admin/services/read-" + NAMES.incrementAndGet();
        var revision = revision(server.send("PUT", path, "{}"));

        var answer = server.send(
                "GET", path, "", "X-API-KEY", AdminServer.KEY, "If-None-Match", value.replace("REV", revision));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body().isEmpty()).isEqualTo(status == 304);
        assertThat(answer.headers().firstValue("ETag")).contains("\"" + revision + "\"");
        assertThat(server.send("GET", path, "").body()).contains("\"modifiedIndex\":" + revision);
    }

    private static String revision(HttpResponse<String> written) {
        return written.headers().firstValue("X-Suimon-Revision").orElseThrow();
    }
}
