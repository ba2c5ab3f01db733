package io.suimon.engine.plugins.keyauth;

import com.google.auto.service.AutoService;
import io.suimon.engine.plugin.AuthPlugin;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import io.suimon.engine.text.WireText;
import java.util.EnumSet;
import java.util.Set;

/** Finds out who is calling by a key in a header field or a query argument. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class KeyAuthPlugin implements AuthPlugin<KeyAuthConfig, KeyAuthCredential> {

    static final String NAME = "key-auth";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 2500;
    }

    @Override
    public Class<KeyAuthConfig> configType() {
        return KeyAuthConfig.class;
    }

    @Override
    public Class<KeyAuthCredential> credentialType() {
        return KeyAuthCredential.class;
    }

    @Override
    public String keyProperty() {
        return "key";
    }

    @Override
    public String keyOf(KeyAuthCredential credential) {
        return WireText.of(credential.key());
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE);
    }

    @Override
    public Filter bind(KeyAuthConfig config, PluginHost host) {
        return new KeyAuthFilter(config);
    }
}
