package io.suimon.it;

import io.suimon.harness.EtcdCluster;
import io.suimon.harness.Gateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/metrics.md names every metric of our own that the processes show, and no other. */
class MetricsReferenceIT {

    /** The name before labels or value; a timer's three samples are one metric. */
    private static final Pattern SHOWN =
            Pattern.compile("^(suimon_\\w+?)(?:(?<=_seconds)_(?:count|sum|max))?[{ ]", Pattern.MULTILINE);

    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `(suimon_\\w+)`", Pattern.MULTILINE);

    @TempDir
    Path folder;

    @Test
    void everyMetricOfOursIsDocumented() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var etcd = EtcdCluster.start(1, folder.resolve("etcd"));
                var controlPlane = gateway.startControlPlane(List.of(), etcd.directSettings())
                        .awaitReady();
                var dataPlane = gateway.startDataPlane(List.of(), Map.of()).awaitReady()) {
            // Each of these is shown from its first time on.
            gateway.admin("GET", "/apisix/admin/routes", "");
            Gateway.send(HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + gateway.adminPort() + "/apisix/admin/routes")));
            var shown = names(SHOWN, gateway.metrics().body());
            shown.addAll(names(
                    SHOWN,
                    Gateway.send(HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + gateway.managementPort() + "/q/metrics")))
                            .body()));

            assertThat(controlPlane.alive() && dataPlane.alive()).isTrue();
            assertThat(names(DOCUMENTED, Files.readString(Checkout.ROOT.resolve("docs/metrics.md"))))
                    .isEqualTo(shown);
        }
    }

    private static Set<String> names(Pattern pattern, String text) {
        var found = new TreeSet<String>();
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
