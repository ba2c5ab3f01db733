package io.suimon.engine.plugins.ldapauth;

import io.suimon.engine.directory.Directories;
import io.suimon.engine.directory.DirectoryCredentials;
import io.suimon.engine.directory.DirectoryServer;
import io.suimon.engine.directory.DistinguishedName;
import io.suimon.engine.directory.Login;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.ConsumerAttachment;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.text.WireText;

/** Binds as the user a request names, and looks who that is. */
final class LdapAuthFilter implements Filter {

    private static final HeaderName AUTHORIZATION = HeaderName.of("Authorization");

    private final LdapAuthConfig config;
    private final DirectoryServer server;
    private final Directories directories;
    private final Decision.Reply missing;
    private final Decision.Reply invalid;
    private final Decision.Reply nobody;
    private final Decision.Reply noConsumers;
    private final Decision.Reply overloaded = Decision.reply(503);

    LdapAuthFilter(LdapAuthConfig config, DirectoryServer server, Directories directories) {
        this.config = config;
        this.server = server;
        this.directories = directories;
        this.missing = refusal("Missing authorization in request", config.realm());
        this.invalid = refusal("Invalid authorization in request", config.realm());
        this.nobody = refusal("Invalid user authorization", config.realm());
        this.noConsumers = refusal("Missing related consumer", config.realm());
    }

    private static Decision.Reply refusal(String message, String realm) {
        return Decision.json(401, "{\"message\":\"" + message + "\"}")
                .with(HeaderName.WWW_AUTHENTICATE, "Basic realm=\"" + realm + "\"");
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        var headers = exchange.request().headers();
        var field = headers.first(AUTHORIZATION);
        if (field == null) {
            return missing;
        }
        var credentials = DirectoryCredentials.parse(field, "Basic");
        if (credentials == null) {
            return invalid;
        }
        if (config.hideCredentials()) {
            headers.remove(AUTHORIZATION);
        }
        var dn = DistinguishedName.below(config.baseDn(), config.uid(), credentials.user());
        return new Decision.Suspend(directories
                .bind(server, dn, credentials.password())
                .<Decision>thenApply(login -> new Decision.Resume(() -> decide(exchange, login))));
    }

    private Decision decide(Exchange exchange, Login login) {
        return switch (login) {
            case Login.Accepted(var dn) -> attach(exchange, dn);
            case Login.Refused() -> nobody;
            case Login.Unavailable() -> nobody;
            case Login.Overloaded() -> overloaded;
        };
    }

    private Decision attach(Exchange exchange, String dn) {
        var consumers = exchange.consumers();
        if (!consumers.anyFor(LdapAuthPlugin.NAME)) {
            return noConsumers;
        }
        var entry = consumers.find(LdapAuthPlugin.NAME, WireText.of(dn));
        if (entry == null) {
            return nobody;
        }
        ConsumerAttachment.attach(exchange, entry.consumer());
        return Decision.proceed();
    }
}
