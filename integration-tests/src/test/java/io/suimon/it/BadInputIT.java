package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the Admin API refuses is named, and leaves nothing behind. */
class BadInputIT {

    @TempDir
    static Path folder;

    private static Gateway gateway;
    private static PlaneProcess controlPlane;

    @BeforeAll
    static void start() {
        gateway = new Gateway(Checkout.ROOT, folder);
        controlPlane = gateway.startControlPlane(List.of(), Map.of()).awaitReady();
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
    }

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"uri\":; invalid request body: Expected value but found T_END at character 8",
                "{\"uri\":\"/a\",\"plugins\":{\"nope\":{}}}; unknown plugin [nope]",
                "{\"uri\":\"/a\",\"status\":2,\"plugins\":{}}; property \\\"status\\\" validation failed: matches none of the enum values",
                "{\"uri\":\"/a\",\"upstream_id\":\"gone\"}; failed to fetch upstream info by upstream id [gone], response code: 404",
                "{\"uri\":\"/a\",\"plugins\":{},\"foo\":1}; additional properties forbidden, found foo",
            })
    void refusalsNameWhatIsWrong(String body, String said) {
        var answer = gateway.admin("PUT", "/apisix/admin/routes/bad", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(said);
        assertThat(gateway.admin("GET", "/apisix/admin/routes/bad", "").statusCode())
                .isEqualTo(404);
    }
}
