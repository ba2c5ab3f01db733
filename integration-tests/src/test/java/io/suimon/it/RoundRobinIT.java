package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose turn it is outlives changes that do not touch the upstream. */
class RoundRobinIT {

    private static final List<String> UNPINNED = List.of();

    @TempDir
    Path folder;

    private int changes;

    @ParameterizedTest(name = "an upstream of its own: {0}")
    @ValueSource(booleans = {true, false})
    void turnsGoOnThroughChangesElsewhere(boolean named) {
        var gateway = new Gateway(Checkout.ROOT, folder);
        var turns = new ArrayList<String>();
        try (var first = new Origin("1");
                var second = new Origin("2");
                var third = new Origin("3");
                var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of("SUIMON_TRAFFIC_EVENT_LOOPS", "1"))
                        .awaitReady()) {
            var upstream =
                    "{\"nodes\":{\"%s\":1,\"%s\":1,\"%s\":1}}".formatted(first.node(), second.node(), third.node());
            put(gateway, "upstreams/u", upstream);
            for (int turn = 0; turn < 9; turn++) {
                change(gateway, named ? "\"upstream_id\":\"u\"" : "\"upstream\":" + upstream);
                turns.add(gateway.get("/turns").body());
            }
            assertThat(controlPlane.alive() && dataPlane.alive()).isTrue();
        }

        assertThat(turns.subList(0, 3)).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(turns.subList(3, 6)).isEqualTo(turns.subList(0, 3));
        assertThat(turns.subList(6, 9)).isEqualTo(turns.subList(0, 3));
    }

    /** Another route, and the plugins of the very route that is asked. */
    private void change(Gateway gateway, String upstream) {
        changes++;
        put(gateway, "routes/other", "{\"uri\":\"/other/" + changes + "\",\"upstream_id\":\"u\"}");
        put(
                gateway,
                "routes/turns",
                "{\"uri\":\"/turns\",%s,\"plugins\":{\"response-rewrite\":{\"headers\":{\"set\":{\"X-Change\":\"%d\"}}}}}"
                        .formatted(upstream, changes));
    }

    private static void put(Gateway gateway, String path, String body) {
        var answer = gateway.admin("PUT", "/apisix/admin/" + path + "?wait=applied&min=1&timeout=60", body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }
}
