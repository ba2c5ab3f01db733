package io.suimon.controlplane.admin;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;

/** What a request says about when it wants to be answered: {@code wait=applied&min=all|N|P%&timeout=seconds}. */
sealed interface ReceiptWish {

    /** How long is waited where nothing is said. */
    Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** Seconds to wait, at most. */
    BigDecimal MAX_TIMEOUT = BigDecimal.valueOf(60);

    Set<String> WRITES = Set.of("PUT", "POST", "PATCH", "DELETE");

    /** As soon as it is carried out. Without {@code wait}, the other arguments mean nothing, as in APISIX. */
    record None() implements ReceiptWish {}

    /** When enough nodes run it, or after so long. */
    record Applied(Quorum enough, Duration timeout) implements ReceiptWish {}

    /** It cannot be understood. */
    record Refused(String message) implements ReceiptWish {}

    static ReceiptWish of(AdminRequest request) {
        var wait = request.query().first("wait");
        if (wait.isEmpty() || !WRITES.contains(request.method())) {
            return new None();
        }
        if (!wait.get().equals("applied")) {
            return new Refused("wait: " + wait.get() + " (expected: applied)");
        }
        var min = request.query().first("min").orElse("all");
        var enough = Quorum.parse(min);
        if (enough.isEmpty()) {
            return new Refused("min: " + min + " (expected: " + Quorum.EXPECTED + ")");
        }
        return request.query()
                .first("timeout")
                .map(text -> withTimeout(enough.get(), text))
                .orElseGet(() -> new Applied(enough.get(), DEFAULT_TIMEOUT));
    }

    private static ReceiptWish withTimeout(Quorum enough, String text) {
        return DecimalText.parse(text.endsWith("s") ? text.substring(0, text.length() - 1) : text)
                .filter(seconds -> seconds.signum() >= 0 && seconds.compareTo(MAX_TIMEOUT) <= 0)
                .<ReceiptWish>map(seconds -> new Applied(
                        enough, Duration.ofMillis(seconds.movePointRight(3).longValue())))
                .orElseGet(() -> new Refused("timeout: " + text + " (expected: 0 to " + MAX_TIMEOUT + " seconds)"));
    }
}
