package io.suimon.engine.plugins.jwtauth;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A consumer with a key of this plugin, a guest, and what they are answered. */
final class JwtScene {

    static final AuthenticatedConsumer JACK =
            new AuthenticatedConsumer("jack", "c1", "id-7", null, Map.of("custom_id", "id-7"));
    static final AuthenticatedConsumer GUEST = new AuthenticatedConsumer("guest", null, null, null, Map.of());

    private static final JwtAuthPlugin PLUGIN = new JwtAuthPlugin();

    private final BoundPlugin plugin = BoundPlugin.of(PLUGIN);
    private final ConsumerIndex consumers;

    JwtScene(JwtAuthCredential credential) {
        var entry = new ConsumerIndex.Entry(JACK, PLUGIN.prepared(credential));
        consumers = new ConsumerIndex(
                Map.of("jwt-auth", Map.of(PLUGIN.keyOf(credential), entry)), Map.of("jack", JACK, "guest", GUEST));
    }

    static JwtAuthCredential withSecret(String algorithm, String secret) {
        return new JwtAuthCredential("user-key", secret, algorithm, false, null, 86_400, 0);
    }

    static JwtAuthCredential withPublicKey(String algorithm, String pem) {
        return new JwtAuthCredential("user-key", null, algorithm, false, pem, 86_400, 0);
    }

    Exchange exchange(DescribedRequest request) {
        return request.exchange(consumers);
    }

    BoundPlugin plugin() {
        return plugin;
    }

    /** The message of the answer, or who was let in. */
    String outcome(String config, DescribedRequest request) {
        return outcome(config, exchange(request));
    }

    String outcome(String config, Exchange exchange) {
        return shown(plugin.bind(config).onRewrite(exchange), exchange.consumer());
    }

    String bearer(String token) {
        return outcome("{}", DescribedRequest.get("/").header("Authorization", "Bearer " + token));
    }

    private static String shown(Decision decision, @Nullable AuthenticatedConsumer consumer) {
        if (decision instanceof Decision.Reply reply && reply.body() instanceof Decision.Body.Json(String text)) {
            var message = text.replaceFirst("^\\{\"message\":\"(.*)\"}$", "$1");
            var challenge = reply.headers().stream()
                    .filter(field -> field.name().equals(HeaderName.WWW_AUTHENTICATE))
                    .map(Decision.Field::value)
                    .findFirst();
            return reply.status() + " " + message
                    + challenge.map(value -> ", " + value).orElse("");
        }
        return decision.equals(Decision.proceed()) && consumer != null ? consumer.username() : decision.toString();
    }
}
