package io.suimon.engine.plugins.cors;

import com.google.auto.service.AutoService;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells browsers which other origins may use what is answered, and answers their preflights. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class CorsPlugin implements Plugin<CorsConfig> {

    @Override
    public String name() {
        return "cors";
    }

    @Override
    public int priority() {
        return 4000;
    }

    @Override
    public Class<CorsConfig> configType() {
        return CorsConfig.class;
    }

    @Override
    public Optional<Class<?>> metadataType() {
        return Optional.of(CorsMetadata.class);
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE, Phase.RESPONSE);
    }

    @Override
    public Filter bind(CorsConfig config, PluginHost host) {
        return new CorsFilter(config, origins(config, host), timingOrigins(config));
    }

    private static OriginRule origins(CorsConfig config, PluginHost host) {
        if (!config.allowOriginsByRegex().isEmpty()) {
            return OriginRule.ofRegexes(config.allowOriginsByRegex()).or(metadataOrigins(config, host));
        }
        // The default lets everybody in; who names origins by metadata does not mean that.
        boolean onlyMetadata = !config.allowOriginsByMetadata().isEmpty()
                && config.allowOrigins().equals(CorsConfig.ANY);
        return onlyMetadata
                ? metadataOrigins(config, host)
                : OriginRule.of(config.allowOrigins()).or(metadataOrigins(config, host));
    }

    private static OriginRule metadataOrigins(CorsConfig config, PluginHost host) {
        var named = host.metadata(CorsMetadata.class)
                .map(CorsMetadata::allowOrigins)
                .orElse(Map.of());
        var rule = OriginRule.NONE;
        for (var key : config.allowOriginsByMetadata()) {
            var text = named.get(key);
            rule = text == null ? rule : rule.or(OriginRule.of(text));
        }
        return rule;
    }

    private static @Nullable OriginRule timingOrigins(CorsConfig config) {
        if (!config.timingAllowOriginsByRegex().isEmpty()) {
            return OriginRule.ofRegexes(config.timingAllowOriginsByRegex());
        }
        var listed = config.timingAllowOrigins();
        return listed == null ? null : OriginRule.of(listed);
    }
}
