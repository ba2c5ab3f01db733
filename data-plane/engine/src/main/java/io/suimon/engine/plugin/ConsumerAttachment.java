package io.suimon.engine.plugin;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/** What every auth plugin does once it knows who is calling: tell the exchange, and the upstream by header fields. */
public final class ConsumerAttachment {

    private static final HeaderName USERNAME = HeaderName.of("X-Consumer-Username");
    private static final HeaderName CREDENTIAL = HeaderName.of("X-Credential-Identifier");
    private static final HeaderName CUSTOM_ID = HeaderName.of("X-Consumer-Custom-ID");

    private ConsumerAttachment() {}

    /** Makes the consumer the one who calls. Fields of these names that the client sent are gone. */
    public static void attach(Exchange exchange, AuthenticatedConsumer consumer) {
        exchange.authenticated(consumer);
        var headers = exchange.request().headers();
        set(headers, USERNAME, consumer.username());
        set(headers, CREDENTIAL, consumer.credentialId());
        set(headers, CUSTOM_ID, consumer.customId());
    }

    private static void set(Headers headers, HeaderName name, @Nullable String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.set(name, FieldText.value(WireText.of(value)));
        }
    }
}
