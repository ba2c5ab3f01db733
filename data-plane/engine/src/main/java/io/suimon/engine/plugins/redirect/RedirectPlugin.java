package io.suimon.engine.plugins.redirect;

import com.google.auto.service.AutoService;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import java.util.EnumSet;
import java.util.Set;

/** Sends clients elsewhere. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class RedirectPlugin implements Plugin<RedirectConfig> {

    @Override
    public String name() {
        return "redirect";
    }

    @Override
    public int priority() {
        return 900;
    }

    @Override
    public Class<RedirectConfig> configType() {
        return RedirectConfig.class;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE);
    }

    @Override
    public Filter bind(RedirectConfig config, PluginHost host) {
        if (config.httpToHttps() != null) {
            return config.httpToHttps() ? new ToHttpsFilter(host.httpsPort()) : exchange -> Decision.proceed();
        }
        var destination = config.uri() == null
                ? Destination.Rewritten.parse(
                        config.regexUri().getFirst(), config.regexUri().getLast())
                : Destination.Uri.parse(config.uri());
        return new RedirectFilter(destination, config);
    }
}
