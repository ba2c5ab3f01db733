package io.suimon.engine.plugins.hmacauth;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A consumer with a key of this plugin, a guest, how they sign, and what they are answered. */
final class HmacScene {

    static final AuthenticatedConsumer JACK =
            new AuthenticatedConsumer("jack", "c1", "id-7", null, Map.of("custom_id", "id-7"));
    static final AuthenticatedConsumer GUEST = new AuthenticatedConsumer("guest", null, null, null, Map.of());
    static final HmacAuthPlugin PLUGIN = new HmacAuthPlugin();
    static final HmacAuthCredential CREDENTIAL = new HmacAuthCredential("hk", "hs");
    static final ConsumerIndex CONSUMERS = new ConsumerIndex(
            Map.of("hmac-auth", Map.of("hk", new ConsumerIndex.Entry(JACK, PLUGIN.prepared(CREDENTIAL)))),
            Map.of("jack", JACK, "guest", GUEST));
    static final String CHALLENGE = ", hmac realm=\"hmac\"";
    static final String FAILED = "401 client request can't be validated" + CHALLENGE;
    static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    static final String NOW = date(Duration.ZERO);
    static final String LINE = "date: " + NOW + "\n";

    private final BoundPlugin plugin = BoundPlugin.of(PLUGIN);

    static String date(Duration later) {
        return HTTP_DATE.format(BoundPlugin.START.plus(later));
    }

    static String hmac(String jdkName, String text) {
        try {
            var mac = Mac.getInstance(jdkName);
            mac.init(new SecretKeySpec("hs".getBytes(StandardCharsets.UTF_8), jdkName));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(String body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "SHA-256=" + Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The field of a request that signs these names, whose lines are these. */
    static String field(String names, String lines) {
        return "Signature keyId=\"hk\",algorithm=\"hmac-sha256\",headers=\"" + names + "\",signature=\""
                + hmac("HmacSHA256", "hk\n" + lines) + "\"";
    }

    static DescribedRequest signed() {
        return DescribedRequest.get("/").header("Date", NOW).header("Authorization", field("date", LINE));
    }

    String outcome(String config, DescribedRequest request) {
        return outcome(config, request.exchange(CONSUMERS));
    }

    String outcome(String config, Exchange exchange) {
        var decision = plugin.bind(config).onRewrite(exchange);
        if (decision instanceof Decision.ReadBody(long limit, var tooLong, var then)) {
            byte[] body = exchange.requestBody();
            decision =
                    body != null && body.length > limit ? tooLong.reply(body.length, limit) : then.onRewrite(exchange);
        }
        return shown(decision, exchange);
    }

    static String shown(Decision decision, Exchange exchange) {
        if (decision instanceof Decision.Reply reply && reply.body() instanceof Decision.Body.Json(String text)) {
            var challenge = reply.headers().stream()
                    .filter(header -> header.name().equals(HeaderName.WWW_AUTHENTICATE))
                    .map(Decision.Field::value)
                    .findFirst();
            return reply.status() + " " + text.replaceFirst("^\\{\"message\":\"(.*)\"}$", "$1")
                    + challenge.map(value -> ", " + value).orElse("");
        }
        var consumer = exchange.consumer();
        return decision.equals(Decision.proceed()) && consumer != null ? consumer.username() : decision.toString();
    }

    BoundPlugin plugin() {
        return plugin;
    }
}
