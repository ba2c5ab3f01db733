package io.suimon.engine.plugin;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import org.jspecify.annotations.Nullable;

/**
 * How an auth plugin ends: with the consumer it found, with the anonymous one, or with a refusal. Immutable, one per binding.
 *
 * <p>Called on event loops.
 */
public final class AuthOutcome {

    private static final Decision.Reply NOBODY = message("Invalid user authorization");

    private final String challenge;
    private final @Nullable String anonymousConsumer;

    /**
     * @param scheme what clients are challenged to: {@code Basic}
     * @param realm free of quotes and backslashes
     * @param anonymousConsumer who callers without proof are; null for nobody
     */
    public AuthOutcome(String scheme, String realm, @Nullable String anonymousConsumer) {
        this.challenge = scheme + " realm=\"" + realm + "\"";
        this.anonymousConsumer = anonymousConsumer;
    }

    private static Decision.Reply message(String message) {
        return Decision.json(401, JsonText.object("message", message));
    }

    /** The answer 401 with this message and the challenge; to be made once. */
    public Decision.Reply refusal(String message) {
        return message(message).with(HeaderName.WWW_AUTHENTICATE, challenge);
    }

    /** The caller has proved to be this consumer. */
    public static Decision found(Exchange exchange, AuthenticatedConsumer consumer) {
        ConsumerAttachment.attach(exchange, consumer);
        return Decision.proceed();
    }

    /** The caller has proved nothing: they are the anonymous consumer, or refused where there is none. */
    public Decision unproved(Exchange exchange, Decision.Reply refusal) {
        if (anonymousConsumer == null) {
            return refusal;
        }
        var anonymous = exchange.consumers().named(anonymousConsumer);
        return anonymous == null ? NOBODY : found(exchange, anonymous);
    }
}
