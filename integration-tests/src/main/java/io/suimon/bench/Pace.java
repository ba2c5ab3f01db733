package io.suimon.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long things take, for people who wait.
 *
 * @param rounds samples of each contender in each scenario
 * @param seconds how long one sample lasts
 * @param others contenders beside nginx
 */
record Pace(int rounds, int seconds, int others) {

    /** As many as it takes until the begin and the end of a load are compiled, too, not just what lies between. */
    static final int FIRST_WARM_UPS = 20;

    /** Of a Suimon that is warm, and meets something new. */
    static final int WARM_UPS = 5;

    private static final int MOST_WARM_UP_SECONDS = 3;

    /** Of those that compile nothing. */
    static final int SHORT_SECONDS = 1;

    private static final double PER_SAMPLE = 0.2;
    private static final double PER_IDLE_CONNECTION = 0.0003;
    private static final double PER_ROUTE = 0.0005;

    /** How long one warm-up lasts: never longer than a sample. */
    int warmUpSeconds() {
        return Math.min(MOST_WARM_UP_SECONDS, seconds);
    }

    /** How long all of these take, one after the other; the first one warms up the node. */
    Duration of(List<Scenario> scenarios, boolean warm) {
        double all = warm ? 0 : (FIRST_WARM_UPS - WARM_UPS) * warmUpSeconds();
        for (var scenario : scenarios) {
            all += of(scenario);
        }
        return Duration.ofMillis((long) (1_000 * all));
    }

    private double of(Scenario scenario) {
        boolean second = scenario.has(Extra.ONE_ROUTE);
        int contenders = others + (second ? 1 : 0);
        double sample = seconds
                + PER_SAMPLE
                + (scenario.has(Extra.IDLE_CONNECTIONS) ? PER_IDLE_CONNECTION * Scenario.IDLE_CONNECTIONS : 0);
        return (1 + 2.0 * rounds * contenders) * sample
                + WARM_UPS * warmUpSeconds()
                + (second ? FIRST_WARM_UPS * warmUpSeconds() : 0)
                + others * SHORT_SECONDS
                + (scenario.has(Extra.ALLOCATION) ? 2 + seconds : 0)
                + PER_ROUTE * scenario.setup().extraRoutes();
    }
}
