package io.suimon.controlplane.admin;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a resource is to stay, as a query asks. */
sealed interface TimeToLive {

    /** The longest lease etcd grants, in seconds. */
    BigDecimal MAX_SECONDS = BigDecimal.valueOf(9_000_000_000L);

    /** How long; null means for good. */
    @Nullable
    Duration duration();

    /** It stays for good. */
    record Unlimited() implements TimeToLive {
        @Override
        public @Nullable Duration duration() {
            return null;
        }
    }

    /** It goes after so long. */
    record Limited(Duration duration) implements TimeToLive {}

    /** The query asks for something else. */
    record Refused(String message) implements TimeToLive {
        @Override
        public @Nullable Duration duration() {
            return null;
        }
    }

    static TimeToLive of(AdminRequest request) {
        var text = request.query().first("ttl");
        if (text.isEmpty()) {
            return new Unlimited();
        }
        return DecimalText.parse(text.get())
                .map(TimeToLive::ofSeconds)
                .orElse(new Refused("invalid argument ttl: should be a number"));
    }

    /** What is not positive is for the store's shortest lease. */
    private static TimeToLive ofSeconds(BigDecimal seconds) {
        if (seconds.stripTrailingZeros().scale() > 0) {
            return new Refused("invalid argument ttl: should be an integer");
        }
        if (seconds.compareTo(MAX_SECONDS) > 0) {
            return new Refused("invalid argument ttl: should be at most " + MAX_SECONDS);
        }
        return new Limited(Duration.ofSeconds(Math.max(1, seconds.longValueExact())));
    }
}
