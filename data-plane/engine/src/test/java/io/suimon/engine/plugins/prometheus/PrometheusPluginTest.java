package io.suimon.engine.plugins.prometheus;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.TrafficMetrics.Labels;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrometheusPluginTest {

    private final ArrayList<Labels> counted = new ArrayList<>();
    private final BoundPlugin plugin =
            BoundPlugin.of(new PrometheusPlugin()).metrics((exchange, labels) -> counted.add(labels));

    @Test
    void countsAnExchangeWhenItIsOver() {
        plugin.bind("{}").onLog(DescribedRequest.get("/").exchange());

        assertThat(counted).containsExactly(Labels.DEFAULT);
    }

    @Test
    void prefersNamesWhenTold() {
        plugin.bind("{'prefer_name':true}").onLog(DescribedRequest.get("/").exchange());

        assertThat(counted).containsExactly(new Labels(true, Map.of()));
    }

    @Test
    void tellsWhichLabelsAreDisabled() {
        plugin.metadata("{'disabled_labels':{'http_status':['node','consumer'],'bandwidth':[]}}")
                .bind("{}")
                .onLog(DescribedRequest.get("/").exchange());

        var labels = counted.getFirst();
        assertThat(labels.disabledOn("http_status")).isEqualTo(Set.of("node", "consumer"));
        assertThat(labels.disabledOn("http_latency")).isEmpty();
    }

    @Test
    void standsBackOnAGlobalRuleWhereTheRouteHasIt() {
        assertThat(new PrometheusPlugin().prefersRoute()).isTrue();
    }
}
