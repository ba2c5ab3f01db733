package io.suimon.controlplane.security;

import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;

/** A plugin with secrets at all the places a plugin can have some; its schemas lie beside it. */
final class SecretivePlugin implements Plugin<SecretivePlugin.Config> {

    record Config() {}

    @Override
    public String name() {
        return "secretive";
    }

    @Override
    public int priority() {
        return 1;
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Filter bind(Config config, PluginHost host) {
        return exchange -> Decision.proceed();
    }
}
