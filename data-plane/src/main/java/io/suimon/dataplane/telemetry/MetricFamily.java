package io.suimon.dataplane.telemetry;

import java.util.List;
import java.util.Locale;

/**
 * One metric with its values, as Prometheus is told.
 *
 * @param samples in the order in which they are told; a family without any is left out
 */
public record MetricFamily(String name, Kind kind, String help, List<Sample> samples) {

    /** What kind of number it is. */
    public enum Kind {
        GAUGE,
        COUNTER,
        HISTOGRAM;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One value.
     *
     * @param suffix behind the family's name: {@code _bucket}; usually empty
     * @param labels as {@link LabelText} writes them; may be empty
     */
    public record Sample(String suffix, String labels, double value) {}

    public MetricFamily {
        samples = List.copyOf(samples);
    }
}
