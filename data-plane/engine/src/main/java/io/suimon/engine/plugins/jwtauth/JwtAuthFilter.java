package io.suimon.engine.plugins.jwtauth;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.AuthOutcome;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import java.time.InstantSource;

/** Looks for a token, for who it says is calling, and whether they made it. */
final class JwtAuthFilter implements Filter {

    /** Where an exchange keeps the claims, in the JSON they came in. */
    private static final String PAYLOAD = "jwt_auth_payload";

    private final JwtAuthConfig config;
    private final TokenSource source;
    private final InstantSource clock;
    private final AuthOutcome outcome;
    private final Decision.Reply missing;
    private final Decision.Reply invalid;
    private final Decision.Reply anonymous;
    private final Decision.Reply unknown;
    private final Decision.Reply unverified;

    JwtAuthFilter(JwtAuthConfig config, InstantSource clock) {
        this.config = config;
        this.source = new TokenSource(config);
        this.clock = clock;
        this.outcome = new AuthOutcome("Bearer", config.realm(), config.anonymousConsumer());
        this.missing = outcome.refusal("Missing JWT token in request");
        this.invalid = outcome.refusal("JWT token invalid");
        this.anonymous = outcome.refusal("missing user key in JWT token");
        this.unknown = outcome.refusal("Invalid user key in JWT token");
        this.unverified = outcome.refusal("failed to verify jwt");
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        var text = source.take(exchange);
        if (text == null) {
            return outcome.unproved(exchange, missing);
        }
        var token = Token.parse(text);
        if (token == null) {
            return outcome.unproved(exchange, invalid);
        }
        return switch (token.claims().key(config.keyClaimName())) {
            case Claims.Key.Absent() -> outcome.unproved(exchange, anonymous);
            case Claims.Key.Unknown() -> outcome.unproved(exchange, unknown);
            case Claims.Key.Named(var key) -> verified(exchange, token, key);
        };
    }

    private Decision verified(Exchange exchange, Token token, String key) {
        var entry = exchange.consumers().find(JwtAuthPlugin.NAME, key);
        if (entry == null) {
            return outcome.unproved(exchange, unknown);
        }
        long now = clock.instant().getEpochSecond();
        if (!((TokenCheck) entry.config()).passes(token, config.claimsToVerify(), now)) {
            return outcome.unproved(exchange, unverified);
        }
        if (config.storeInCtx()) {
            exchange.variable(PAYLOAD, token.payload());
        }
        return AuthOutcome.found(exchange, entry.consumer());
    }
}
