package io.suimon.engine.consumer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling.
 *
 * @param credentialId the credential it was proved by, or null when the consumer itself carries the key
 * @param customId the consumer's label {@code custom_id}, or null
 * @param groupId null when it is in none
 */
public record AuthenticatedConsumer(
        String username,
        @Nullable String credentialId,
        @Nullable String customId,
        @Nullable String groupId,
        Map<String, String> labels) {

    public AuthenticatedConsumer {
        labels = Map.copyOf(labels);
    }
}
