package io.suimon.engine.plugins.ldapauthadvanced;

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
import java.util.Objects;
import java.util.Set;

/** Finds out who is calling by a name that a directory is searched for, and a password it accepts. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class LdapAuthAdvancedPlugin implements AuthPlugin<LdapAuthAdvancedConfig, LdapAuthAdvancedCredential> {

    static final String NAME = "ldap-auth-advanced";

    private static final int DEFAULT_PORT = 389;
    private static final int DEFAULT_TLS_PORT = 636;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 2541;
    }

    @Override
    public Class<LdapAuthAdvancedConfig> configType() {
        return LdapAuthAdvancedConfig.class;
    }

    @Override
    public Class<LdapAuthAdvancedCredential> credentialType() {
        return LdapAuthAdvancedCredential.class;
    }

    @Override
    public String keyProperty() {
        return "user_dn";
    }

    @Override
    public String keyOf(LdapAuthAdvancedCredential credential) {
        return WireText.of(credential.userDn());
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE);
    }

    @Override
    public Filter bind(LdapAuthAdvancedConfig config, PluginHost host) {
        var security = security(config);
        int port = security == Security.TLS ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        var server = new DirectoryServer(
                DirectoryAddress.parse(config.ldapUri(), port),
                security,
                config.sslVerify(),
                config.timeout(),
                keepAlive(config));
        return new LdapAuthAdvancedFilter(config, server, host.directories());
    }

    private static Security security(LdapAuthAdvancedConfig config) {
        if (config.useStarttls()) {
            return Security.STARTTLS;
        }
        return config.useLdaps() || DirectoryAddress.asksForTls(config.ldapUri()) ? Security.TLS : Security.NONE;
    }

    private static KeepAlive keepAlive(LdapAuthAdvancedConfig config) {
        return new KeepAlive(
                Objects.requireNonNullElse(config.keepalivePoolName(), ""),
                config.keepalive() ? config.keepalivePoolSize() : 0,
                config.keepaliveTimeout());
    }
}
