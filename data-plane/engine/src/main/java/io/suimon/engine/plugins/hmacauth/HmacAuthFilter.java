package io.suimon.engine.plugins.hmacauth;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.AuthOutcome;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.text.WireText;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether a request was signed, by whom, lately, and as it came. */
final class HmacAuthFilter implements Filter {

    private static final String FAILED = "client request can't be validated";

    private final HmacAuthConfig config;
    private final List<String> required;
    private final InstantSource clock;
    private final AuthOutcome outcome;
    private final Decision.Reply missing;
    private final Decision.Reply foreign;
    private final Decision.Reply failed;

    HmacAuthFilter(HmacAuthConfig config, InstantSource clock) {
        this.config = config;
        this.required = config.signedHeaders().stream().map(WireText::of).toList();
        this.clock = clock;
        this.outcome = new AuthOutcome("hmac", config.realm(), config.anonymousConsumer());
        this.missing = outcome.refusal(FAILED + ": missing Authorization header");
        this.foreign = outcome.refusal(FAILED + ": Authorization header does not start with 'Signature'");
        this.failed = outcome.refusal(FAILED);
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        var headers = exchange.request().headers();
        var field = headers.first(HeaderName.AUTHORIZATION);
        if (field == null) {
            return outcome.unproved(exchange, missing);
        }
        var signer = field.startsWith(SignatureField.SCHEME) ? signer(exchange, field) : null;
        if (config.hideCredentials()) {
            headers.remove(HeaderName.AUTHORIZATION);
        }
        if (signer == null) {
            return outcome.unproved(exchange, field.startsWith(SignatureField.SCHEME) ? failed : foreign);
        }
        return config.validateRequestBody() ? bodyChecked(exchange, signer) : AuthOutcome.found(exchange, signer);
    }

    private @Nullable AuthenticatedConsumer signer(Exchange exchange, String field) {
        var sent = SignatureField.parse(field);
        var entry = sent == null ? null : exchange.consumers().find(HmacAuthPlugin.NAME, sent.keyId());
        if (sent == null || entry == null || !config.allowedAlgorithms().contains(sent.algorithm())) {
            return null;
        }
        var names = List.of(sent.headers().split(" ", SignedText.MAX_NAMES + 1));
        if (!isTimely(exchange) || !names.containsAll(required)) {
            return null;
        }
        var text = SignedText.of(exchange.request(), sent.keyId(), names);
        return text != null && ((SigningKey) entry.config()).signed(text, sent.algorithm(), sent.signature())
                ? entry.consumer()
                : null;
    }

    private boolean isTimely(Exchange exchange) {
        var date = exchange.request().headers().first(HeaderName.DATE);
        long sent = date == null ? DateField.NONE : DateField.parse(date);
        return sent != DateField.NONE && Math.abs(clock.instant().getEpochSecond() - sent) <= config.clockSkew();
    }

    /** The body is read only for a consumer who says what its digest is. */
    private Decision bodyChecked(Exchange exchange, AuthenticatedConsumer signer) {
        var digest = exchange.request().headers().first(BodyDigest.FIELD);
        if (digest == null) {
            return outcome.unproved(exchange, failed);
        }
        return new Decision.ReadBody(
                config.maxReqBodySize(),
                HmacAuthFilter::tooLong,
                read -> BodyDigest.matches(digest, read.requestBody())
                        ? AuthOutcome.found(read, signer)
                        : outcome.unproved(read, failed));
    }

    private static Decision.Reply tooLong(long size, long limit) {
        return Decision.json(
                413,
                "{\"message\":\"request size " + size + " is greater than the maximum size " + limit + " allowed\"}");
    }
}
