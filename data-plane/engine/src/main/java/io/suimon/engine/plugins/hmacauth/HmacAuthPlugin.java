package io.suimon.engine.plugins.hmacauth;

import com.google.auto.service.AutoService;
import io.suimon.engine.plugin.AuthPlugin;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import io.suimon.engine.text.WireText;
import java.util.EnumSet;
import java.util.Set;

/** Finds out who is calling by a signature of its request. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class HmacAuthPlugin implements AuthPlugin<HmacAuthConfig, HmacAuthCredential> {

    static final String NAME = "hmac-auth";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 2530;
    }

    @Override
    public Class<HmacAuthConfig> configType() {
        return HmacAuthConfig.class;
    }

    @Override
    public Class<HmacAuthCredential> credentialType() {
        return HmacAuthCredential.class;
    }

    @Override
    public String keyProperty() {
        return "key_id";
    }

    @Override
    public String keyOf(HmacAuthCredential credential) {
        return WireText.of(credential.keyId());
    }

    /** What its requests are signed with. */
    @Override
    public Object prepared(HmacAuthCredential credential) {
        return new SigningKey(credential.secretKey());
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE);
    }

    @Override
    public Filter bind(HmacAuthConfig config, PluginHost host) {
        return new HmacAuthFilter(config, host.clock());
    }
}
