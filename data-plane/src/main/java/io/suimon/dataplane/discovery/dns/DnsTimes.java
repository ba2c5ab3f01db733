package io.suimon.dataplane.discovery.dns;

import io.suimon.process.InvalidSettingException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When a name is asked for again. */
record DnsTimes(Duration minTtl, Duration maxTtl, Duration negativeTtl) {

    private static final String SETTINGS = "suimon.discovery.dns.";
    private static final Duration SHORTEST = Duration.ofMillis(100);

    DnsTimes {
        require(minTtl.compareTo(SHORTEST) >= 0, "min-ttl", minTtl, "at least " + SHORTEST);
        require(maxTtl.compareTo(minTtl) >= 0, "max-ttl", maxTtl, "at least min-ttl, " + minTtl);
        require(negativeTtl.compareTo(SHORTEST) >= 0, "negative-ttl", negativeTtl, "at least " + SHORTEST);
    }

    private static void require(boolean met, String setting, Object value, String expected) {
        if (!met) {
            throw new InvalidSettingException(SETTINGS + setting, value, expected);
        }
    }

    /** @param ttl in seconds, as an answer has it */
    long pauseMillis(long ttl) {
        long bounded = Math.min(ttl, TimeUnit.DAYS.toSeconds(1));
        return Math.clamp(TimeUnit.SECONDS.toMillis(bounded), minTtl.toMillis(), maxTtl.toMillis());
    }

    long negativeMillis() {
        return negativeTtl.toMillis();
    }
}
