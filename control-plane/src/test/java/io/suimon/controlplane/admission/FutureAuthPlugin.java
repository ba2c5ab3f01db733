package io.suimon.controlplane.admission;

import io.suimon.engine.plugin.AuthPlugin;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.PluginHost;

/** An auth plugin as one that is not built yet will say what it is; its schemas lie beside it. */
record FutureAuthPlugin(String name, String keyProperty)
        implements AuthPlugin<FutureAuthPlugin.Config, FutureAuthPlugin.Credential> {

    record Config() {}

    record Credential() {}

    @Override
    public int priority() {
        return 2500;
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Class<Credential> credentialType() {
        return Credential.class;
    }

    @Override
    public String keyOf(Credential credential) {
        return "";
    }

    @Override
    public Filter bind(Config config, PluginHost host) {
        return exchange -> Decision.proceed();
    }
}
