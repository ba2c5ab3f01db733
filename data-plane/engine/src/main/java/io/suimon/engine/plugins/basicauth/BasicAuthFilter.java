package io.suimon.engine.plugins.basicauth;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.AuthOutcome;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.SecretBytes;
import io.suimon.engine.text.WireText;

/** Looks for a user name, and whether the password is that of who has it. */
final class BasicAuthFilter implements Filter {

    private final boolean hideCredentials;
    private final AuthOutcome outcome;
    private final Decision.Reply missing;
    private final Decision.Reply invalid;
    private final Decision.Reply wrong;

    BasicAuthFilter(BasicAuthConfig config) {
        this.hideCredentials = config.hideCredentials();
        this.outcome = new AuthOutcome("Basic", config.realm(), config.anonymousConsumer());
        this.missing = outcome.refusal("Missing authorization in request");
        this.invalid = outcome.refusal("Invalid authorization in request");
        this.wrong = outcome.refusal("Invalid user authorization");
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        var headers = exchange.request().headers();
        var field = headers.first(HeaderName.AUTHORIZATION);
        if (field == null) {
            return outcome.unproved(exchange, missing);
        }
        if (hideCredentials) {
            headers.remove(HeaderName.AUTHORIZATION);
        }
        var login = BasicLogin.parse(field);
        if (login == null) {
            return outcome.unproved(exchange, invalid);
        }
        var entry = exchange.consumers().find(BasicAuthPlugin.NAME, login.user());
        return entry != null && ((SecretBytes) entry.config()).matches(WireText.bytes(login.password()))
                ? AuthOutcome.found(exchange, entry.consumer())
                : outcome.unproved(exchange, wrong);
    }
}
