package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A gateway writes the same on machines of every language, also where digits are others and {@code I} is not the upper case of i. */
class ForeignLocaleIT {

    private static final List<String> UNPINNED = List.of();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-Duser.language=fa -Duser.country=IR", "-Duser.language=tr -Duser.country=TR"})
    void answersAndLogsAreThoseOfAnyOtherMachine(String locale) {
        var gateway = new Gateway(Checkout.ROOT, folder);
        var machine = Map.of("JAVA_TOOL_OPTIONS", locale + " -Duser.timezone=Pacific/Apia");
        try (var origin = new Origin("first");
                var controlPlane = gateway.startControlPlane(UNPINNED, machine).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, machine).awaitReady()) {
            var refused = gateway.admin(
                    "PUT", "/apisix/admin/upstreams/1", "{\"nodes\":{\"127.0.0.1:1\":1},\"retries\":-12}");
            var written = gateway.admin(
                    "PUT",
                    "/apisix/admin/routes/1?wait=applied&min=1&timeout=60",
                    "{\"uri\":\"/first\",\"plugins\":{\"limit-count\":{\"count\":123456,\"time_window\":60}},\"upstream\":{\"nodes\":{\"%s\":1}}}"
                            .formatted(origin.node()));
            var answered = await().until(() -> gateway.get("/first"), answer -> answer.statusCode() == 200);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).matches("\\p{ASCII}+").contains("-12");
            assertThat(written.headers().firstValue("X-Suimon-Revision").orElse(""))
                    .matches("[0-9]+");
            assertThat(answered.headers().firstValue("X-RateLimit-Limit")).contains("123456");
            assertThat(gateway.metrics().body()).matches("(?s)\\p{ASCII}+");
            assertThat(controlPlane.log()).matches("(?s)\\p{ASCII}+");
            assertThat(dataPlane.log()).matches("(?s)\\p{ASCII}+");
        }
    }
}
