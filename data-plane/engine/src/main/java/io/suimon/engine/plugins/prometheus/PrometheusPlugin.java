package io.suimon.engine.plugins.prometheus;

import com.google.auto.service.AutoService;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import io.suimon.engine.plugin.TrafficMetrics;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has exchanges counted where it is configured. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class PrometheusPlugin implements Plugin<PrometheusConfig> {

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public int priority() {
        return 500;
    }

    @Override
    public double version() {
        return 0.2;
    }

    @Override
    public Class<PrometheusConfig> configType() {
        return PrometheusConfig.class;
    }

    @Override
    public Optional<Class<?>> metadataType() {
        return Optional.of(PrometheusMetadata.class);
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.LOG);
    }

    @Override
    public boolean prefersRoute() {
        return true;
    }

    @Override
    public Filter bind(PrometheusConfig config, PluginHost host) {
        var disabled = host.metadata(PrometheusMetadata.class)
                .map(PrometheusMetadata::disabledLabels)
                .orElse(Map.of());
        return new Counting(host.metrics(), new TrafficMetrics.Labels(config.preferName(), disabled));
    }

    /** Counts an exchange when it is over. */
    private record Counting(TrafficMetrics metrics, TrafficMetrics.Labels labels) implements Filter {

        @Override
        public Decision onRequest(Exchange exchange) {
            return Decision.proceed();
        }

        @Override
        public void onLog(Exchange exchange) {
            metrics.record(exchange, labels);
        }
    }
}
