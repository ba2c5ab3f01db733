package io.suimon.it;

import io.suimon.harness.Gateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How a node finds routes is a setting of it. */
class RouterIT {

    @TempDir
    Path folder;

    @Test
    void pathParametersMatchWhereTheRouterKnowsThem() {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var controlPlane = gateway.startControlPlane(List.of(), Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(
                                List.of(), Map.of("SUIMON_TRAFFIC_ROUTER", "radixtree_uri_with_parameter"))
                        .awaitReady()) {
            gateway.admin(
                    "PUT",
                    "/apisix/admin/routes/user",
                    "{\"uri\":\"/users/:id/orders\",\"plugins\":{\"redirect\":{\"uri\":\"/of-$uri_param_id\",\"ret_code\":302}}}");

            await().until(() -> gateway.get("/users/7/orders").statusCode() == 302);

            assertThat(gateway.get("/users/7/orders").headers().firstValue("Location"))
                    .contains("/of-7");
            assertThat(gateway.get("/users/7/8/orders").statusCode()).isEqualTo(404);
            assertThat(controlPlane.log()).doesNotContain("defect");
            assertThat(dataPlane.log()).doesNotContain("defect");
        }
    }
}
