package io.suimon.harness;

import java.time.Duration;

/**
 * What is wrong with a network path, in both directions.
 *
 * @param delay added to each byte's way
 * @param bytesPerSecond 0 means no limit
 * @param loss the share of what is read that never arrives, 0 to 1
 * @param swallowing whether nothing arrives at all
 */
record Faults(Duration delay, int bytesPerSecond, double loss, boolean swallowing) {

    static final Faults NONE = new Faults(Duration.ZERO, 0, 0, false);

    Faults {
        if (delay.isNegative() || bytesPerSecond < 0 || loss < 0 || loss > 1) {
            throw new IllegalArgumentException("delay " + delay + ", bytes per second " + bytesPerSecond + ", loss "
                    + loss + " (expected: none negative, loss at most 1)");
        }
    }

    Faults withDelay(Duration next) {
        return new Faults(next, bytesPerSecond, loss, swallowing);
    }

    Faults withBytesPerSecond(int next) {
        return new Faults(delay, next, loss, swallowing);
    }

    Faults withLoss(double next) {
        return new Faults(delay, bytesPerSecond, next, swallowing);
    }

    Faults withSwallowing(boolean next) {
        return new Faults(delay, bytesPerSecond, loss, next);
    }
}
