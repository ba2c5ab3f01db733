package io.suimon.engine.plugins.jwtauth;

import com.google.auto.service.AutoService;
import io.suimon.engine.plugin.AuthPlugin;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import io.suimon.engine.text.WireText;
import java.util.EnumSet;
import java.util.Set;

/** Finds out who is calling by a JSON web token in a header field, a query argument or a cookie. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class JwtAuthPlugin implements AuthPlugin<JwtAuthConfig, JwtAuthCredential> {

    static final String NAME = "jwt-auth";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 2510;
    }

    @Override
    public Class<JwtAuthConfig> configType() {
        return JwtAuthConfig.class;
    }

    @Override
    public Class<JwtAuthCredential> credentialType() {
        return JwtAuthCredential.class;
    }

    @Override
    public String keyProperty() {
        return "key";
    }

    @Override
    public String keyOf(JwtAuthCredential credential) {
        return WireText.of(credential.key());
    }

    /** What its tokens are held against. */
    @Override
    public Object prepared(JwtAuthCredential credential) {
        return TokenCheck.of(credential);
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE);
    }

    @Override
    public Filter bind(JwtAuthConfig config, PluginHost host) {
        return new JwtAuthFilter(config, host.clock());
    }
}
