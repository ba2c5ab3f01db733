package io.suimon.engine.plugins.responserewrite;

import com.google.auto.service.AutoService;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import java.util.EnumSet;
import java.util.Set;

/** Answers the client something else than was answered. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class ResponseRewritePlugin implements Plugin<ResponseRewriteConfig> {

    @Override
    public String name() {
        return "response-rewrite";
    }

    @Override
    public int priority() {
        return 899;
    }

    @Override
    public Class<ResponseRewriteConfig> configType() {
        return ResponseRewriteConfig.class;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.RESPONSE);
    }

    @Override
    public Filter bind(ResponseRewriteConfig config, PluginHost host) {
        return new ResponseRewriteFilter(config);
    }
}
