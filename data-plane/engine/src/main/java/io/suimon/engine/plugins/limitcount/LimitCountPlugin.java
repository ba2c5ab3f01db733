package io.suimon.engine.plugins.limitcount;

import com.google.auto.service.AutoService;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets so many requests through in a window of time. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class LimitCountPlugin implements Plugin<LimitCountConfig> {

    @Override
    public String name() {
        return "limit-count";
    }

    @Override
    public int priority() {
        return 1002;
    }

    @Override
    public double version() {
        return 0.5;
    }

    @Override
    public Class<LimitCountConfig> configType() {
        return LimitCountConfig.class;
    }

    @Override
    public Optional<Class<?>> metadataType() {
        return Optional.of(LimitCountMetadata.class);
    }

    @Override
    public Optional<String> group(LimitCountConfig config) {
        return Optional.ofNullable(config.group());
    }

    @Override
    public Filter bind(LimitCountConfig config, PluginHost host) {
        if (config.policy() != LimitCountConfig.Policy.LOCAL) {
            throw new IllegalArgumentException(
                    "policy: " + config.policy() + " (expected: local, as nodes count on their own)");
        }
        var names = host.metadata(LimitCountMetadata.class).orElse(LimitCountMetadata.DEFAULT);
        var scope =
                config.group() == null ? "/apisix/" + host.owner().path() + ":" + host.configDigest() : config.group();
        return new LimitCountFilter(config, quotas(config, names), scope, host.counters());
    }

    private static List<Quota> quotas(LimitCountConfig config, LimitCountMetadata names) {
        if (config.count() != null && config.timeWindow() != null) {
            return List.of(Quota.of(CounterName.of(config), config.count(), config.timeWindow(), names));
        }
        var quotas = new ArrayList<Quota>();
        for (var rule : config.rules()) {
            var prefix = rule.headerPrefix() == null ? Integer.toString(quotas.size() + 1) : rule.headerPrefix();
            quotas.add(
                    names.equals(LimitCountMetadata.DEFAULT)
                            ? Quota.prefixed(rule, prefix)
                            : Quota.of(CounterName.of(rule), rule.count(), rule.timeWindow(), names));
        }
        return quotas;
    }
}
