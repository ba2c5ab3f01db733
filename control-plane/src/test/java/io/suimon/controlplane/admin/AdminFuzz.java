package io.suimon.controlplane.admin;

import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Sends whatever to an Admin API of its own, over real sockets, and says what an answer has to be. For one thread at a time. */
final class AdminFuzz implements AutoCloseable {

    private static final Set<Integer> STATUSES = Set.of(200, 201, 304, 400, 401, 404, 405, 408, 412, 414, 417, 505);

    private static final Set<String> TEXTS = Set.of("page_size must be between 10 and 500", "invalid subsystem passed");

    /** Keys that are no resources. */
    private static final Set<String> OTHER_KEYS = Set.of("gen_id", "plugins");

    private static final Pattern INSIDES = Pattern.compile(
            "Exception|StackOverflow|OutOfMemory|StreamReadC|\tat |\\b(java|jakarta|io|com|org)\\.[a-z]+\\.[a-zA-Z.]+");

    private final AdminServer server;

    AdminFuzz(TestStore store) {
        try {
            var folder = Files.createTempDirectory("admin-fuzz");
            server = store.open(folder, Map.of("suimon.admin.body-timeout", "0.2s"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Arbitrary<FuzzRequest> requests() {
        return Arbitraries.randomValue(FuzzRequest::of);
    }

    void assertIsAnsweredByWhatTheApiSays(FuzzRequest request) throws IOException {
        var answer = request.send(server.port(), TestPatience.LONG);

        assertThat(answer.status()).as(answer.body()).isIn(STATUSES);
        assertThat(answer.body()).doesNotContainPattern(INSIDES);
        assertThat(isSaid(answer, request.head().startsWith("HEAD ")))
                .as("%s", answer)
                .isTrue();
    }

    /** Whether a refusal says why, and everything else is whole. */
    private static boolean isSaid(FuzzRequest.Answer answer, boolean headless) {
        var body = answer.body();
        if (!answer.json() || body.isEmpty()) {
            return body.startsWith("<html>") || (body.isEmpty() && (answer.status() != 400 || headless));
        }
        if (answer.status() == 400 && TEXTS.contains(body.strip())) {
            return true;
        }
        try {
            var json = Json.parse(body.getBytes(StandardCharsets.UTF_8));
            return answer.status() != 400 || !json.path("error_msg").asText().isBlank();
        } catch (InvalidJsonException e) {
            return body.strip().equals("done");
        }
    }

    /** What is left when all requests were answered. */
    void assertIsStillWhole() {
        server.stored().forEach(AdminFuzz::isWhole);
        var valid = "{\"uri\":\"/last\",\"upstream\":{\"nodes\":{\"127.0.0.1:80\":1}}}";
        assertThat(server.send("PUT", "/apisix/admin/routes/last", valid).statusCode())
                .isEqualTo(201);
        assertThat(server.send("GET", "/apisix/admin/routes/last", "").body()).contains("\"uri\":\"/last\"");
        for (var folder : FuzzBodies.folders()) {
            assertThat(server.send("GET", "/apisix/admin/" + folder, "").statusCode())
                    .as(folder)
                    .isIn(200, 404);
        }
        assertThat(server.send("DELETE", "/apisix/admin/routes/last", "").statusCode())
                .isEqualTo(200);
    }

    private static void isWhole(String path, String value) {
        assertThatCode(() -> Json.parse(value.getBytes(StandardCharsets.UTF_8)))
                .as(path)
                .doesNotThrowAnyException();
        if (!OTHER_KEYS.contains(path)) {
            assertThat(ResourceKey.ofPath(path)).as(path).isPresent();
            assertThat(Json.object(value.getBytes(StandardCharsets.UTF_8)))
                    .as(path)
                    .isPresent();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
