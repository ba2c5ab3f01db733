package io.suimon.engine.plugins.ldapauthadvanced;

import io.suimon.engine.directory.Directories;
import io.suimon.engine.directory.DirectoryCredentials;
import io.suimon.engine.directory.DirectorySearch;
import io.suimon.engine.directory.DirectoryServer;
import io.suimon.engine.directory.Login;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import io.suimon.engine.plugin.ConsumerAttachment;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.text.WireText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for the entry of the user a request names, binds as it, and looks who that is. */
final class LdapAuthAdvancedFilter implements Filter {

    private static final HeaderName PROXY_AUTHORIZATION = HeaderName.of("Proxy-Authorization");
    private static final HeaderName AUTHORIZATION = HeaderName.of("Authorization");

    /** Only a gateway says these to an upstream. */
    private static final List<HeaderName> NOT_FROM_CLIENTS = List.of(
            HeaderName.of("X-Authenticated-Groups"),
            HeaderName.of("X-Consumer-Username"),
            HeaderName.of("X-Credential-Identifier"),
            HeaderName.of("X-Consumer-Custom-ID"));

    private final String scheme;
    private final boolean consumerRequired;
    private final DirectorySearch search;
    private final DirectoryServer server;
    private final Directories directories;
    private final Decision.Reply refused;
    private final Decision.Reply broken = Decision.text(500, "");
    private final Decision.Reply overloaded = Decision.reply(503);

    LdapAuthAdvancedFilter(LdapAuthAdvancedConfig config, DirectoryServer server, Directories directories) {
        this.scheme = config.headerType().word();
        this.consumerRequired = config.consumerRequired();
        this.search = new DirectorySearch(
                config.bindDn(),
                config.ldapPassword(),
                config.baseDn(),
                config.attribute(),
                config.sizeLimit(),
                config.timeLimit());
        this.server = server;
        this.directories = directories;
        this.refused = Decision.json(401, "{\"message\":\"Authorization required\"}")
                .with(HeaderName.WWW_AUTHENTICATE, scheme + " realm=\"" + config.realm() + "\"");
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        var headers = exchange.request().headers();
        for (int i = 0; i < NOT_FROM_CLIENTS.size(); i++) {
            headers.remove(NOT_FROM_CLIENTS.get(i));
        }
        var credentials = credentials(headers);
        if (credentials == null) {
            return refused;
        }
        return new Decision.Suspend(directories
                .find(server, search, credentials)
                .<Decision>thenApply(login -> new Decision.Resume(() -> decide(exchange, login))));
    }

    private @Nullable DirectoryCredentials credentials(Headers headers) {
        var forProxies = credentials(headers.first(PROXY_AUTHORIZATION));
        return forProxies == null ? credentials(headers.first(AUTHORIZATION)) : forProxies;
    }

    private @Nullable DirectoryCredentials credentials(@Nullable String field) {
        return field == null ? null : DirectoryCredentials.parse(field, scheme);
    }

    private Decision decide(Exchange exchange, Login login) {
        return switch (login) {
            case Login.Accepted(var dn) -> consumerRequired ? attach(exchange, dn) : Decision.proceed();
            case Login.Refused() -> refused;
            case Login.Unavailable() -> broken;
            case Login.Overloaded() -> overloaded;
        };
    }

    private Decision attach(Exchange exchange, String dn) {
        var entry = exchange.consumers().find(LdapAuthAdvancedPlugin.NAME, WireText.of(dn));
        if (entry == null) {
            return refused;
        }
        ConsumerAttachment.attach(exchange, entry.consumer());
        return Decision.proceed();
    }
}
