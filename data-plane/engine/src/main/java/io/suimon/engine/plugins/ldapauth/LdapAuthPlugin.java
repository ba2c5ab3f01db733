package io.suimon.engine.plugins.ldapauth;

import com.google.auto.service.AutoService;
import io.suimon.engine.directory.DirectoryAddress;
import io.suimon.engine.directory.DirectoryServer;
import io.suimon.engine.directory.DirectoryServer.KeepAlive;
import io.suimon.engine.directory.DirectoryServer.Security;
import io.suimon.engine.plugin.AuthPlugin;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import io.suimon.engine.text.WireText;
import java.util.EnumSet;
import java.util.Set;

/** Finds out who is calling by a name and a password that a directory accepts. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class LdapAuthPlugin implements AuthPlugin<LdapAuthConfig, LdapAuthCredential> {

    static final String NAME = "ldap-auth";

    private static final int DEFAULT_PORT = 389;
    private static final int TIMEOUT_MILLIS = 10_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 2540;
    }

    @Override
    public Class<LdapAuthConfig> configType() {
        return LdapAuthConfig.class;
    }

    @Override
    public Class<LdapAuthCredential> credentialType() {
        return LdapAuthCredential.class;
    }

    @Override
    public String keyProperty() {
        return "user_dn";
    }

    @Override
    public String keyOf(LdapAuthCredential credential) {
        return WireText.of(credential.userDn());
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE);
    }

    @Override
    public Filter bind(LdapAuthConfig config, PluginHost host) {
        boolean tls = config.useTls() || DirectoryAddress.asksForTls(config.ldapUri());
        var server = new DirectoryServer(
                DirectoryAddress.parse(config.ldapUri(), DEFAULT_PORT),
                tls ? Security.TLS : Security.NONE,
                config.tlsVerify(),
                TIMEOUT_MILLIS,
                KeepAlive.DEFAULT);
        return new LdapAuthFilter(config, server, host.directories());
    }
}
