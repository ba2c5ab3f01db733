package io.suimon.engine.plugins.basicauth;

import com.google.auto.service.AutoService;
import io.suimon.engine.plugin.AuthPlugin;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import io.suimon.engine.plugin.SecretBytes;
import io.suimon.engine.text.WireText;
import java.util.EnumSet;
import java.util.Set;

/** Finds out who is calling by a user name and a password (RFC 7617). */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class BasicAuthPlugin implements AuthPlugin<BasicAuthConfig, BasicAuthCredential> {

    static final String NAME = "basic-auth";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 2520;
    }

    @Override
    public Class<BasicAuthConfig> configType() {
        return BasicAuthConfig.class;
    }

    @Override
    public Class<BasicAuthCredential> credentialType() {
        return BasicAuthCredential.class;
    }

    @Override
    public String keyProperty() {
        return "username";
    }

    @Override
    public String keyOf(BasicAuthCredential credential) {
        return WireText.of(credential.username());
    }

    /** The password. */
    @Override
    public SecretBytes prepared(BasicAuthCredential credential) {
        return SecretBytes.ofText(credential.password());
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE);
    }

    @Override
    public Filter bind(BasicAuthConfig config, PluginHost host) {
        return new BasicAuthFilter(config);
    }
}
