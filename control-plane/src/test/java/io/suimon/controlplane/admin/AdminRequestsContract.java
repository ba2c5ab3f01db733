package io.suimon.controlplane.admin;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests and the answers APISIX's clients know, the same over every store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdminRequestsContract {

    private AdminServer server;

    /** The settings of a store of its own. */
    abstract Map<String, String> store(Path folder);

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        server = new AdminServer(store(folder));
    }

    final AdminServer server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** One request after the other, as in the files: later rows see what earlier ones left. Times are written as T. */
    @ParameterizedTest(name = "{0} {1} -> {3}")
    @CsvFileSource(
            resources = {
                "requests.csv",
                "requests-transport.csv",
                "requests-methods.csv",
                "requests-writes.csv",
                "requests-lists.csv",
                "requests-patch.csv",
                "requests-references.csv",
                "requests-rest.csv",
            },
            delimiter = '|',
            quoteCharacter = '~',
            maxCharsPerColumn = 20_000)
    void requestsAreAnsweredAsApisixAnswersThem(String method, String path, String body, int status, String answer) {
        var response = server.send(method, "/apisix/admin" + path, body == null ? "" : body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(timeless(response.body())).isEqualTo(answer == null ? "" : answer + "\n");
    }

    private static String timeless(String body) {
        return body.replaceAll("(create_time|update_time)\":[0-9]{10}", "$1\":T")
                .replaceAll("Index\":[0-9]+", "Index\":N");
    }
}
