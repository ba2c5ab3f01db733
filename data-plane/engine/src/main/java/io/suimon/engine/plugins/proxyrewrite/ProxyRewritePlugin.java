package io.suimon.engine.plugins.proxyrewrite;

import com.google.auto.service.AutoService;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.HeaderEdits;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import java.util.EnumSet;
import java.util.Set;

/** Asks the upstream something else than the client asked. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class ProxyRewritePlugin implements Plugin<ProxyRewriteConfig> {

    @Override
    public String name() {
        return "proxy-rewrite";
    }

    @Override
    public int priority() {
        return 1008;
    }

    @Override
    public Class<ProxyRewriteConfig> configType() {
        return ProxyRewriteConfig.class;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE);
    }

    @Override
    public Filter bind(ProxyRewriteConfig config, PluginHost host) {
        var headers = config.headers();
        return new ProxyRewriteFilter(
                target(config),
                headers == null ? null : HeaderEdits.withCaptures(headers.effective()),
                config.method(),
                config.host());
    }

    private static TargetRewrite target(ProxyRewriteConfig config) {
        boolean raw = config.useRealRequestUriUnsafe();
        // Also where the template wins: what is written has to be right.
        var regexes = TargetRewrite.Regexes.parse(config.regexUri(), raw);
        if (config.uri() != null) {
            return TargetRewrite.Uri.parse(config.uri(), raw);
        }
        if (!config.regexUri().isEmpty()) {
            return regexes;
        }
        return raw ? new TargetRewrite.Raw() : new TargetRewrite.Normal();
    }
}
