package io.suimon.dataplane.telemetry;

import java.util.Comparator;

/** Writes metrics in Prometheus's text format: families by name, each with its HELP and TYPE. Thread-safe. */
public final class Exposition {

    private static final double MAX_WHOLE = 1e15;

    private final MetricsRegistry registry;

    public Exposition(MetricsRegistry registry) {
        this.registry = registry;
    }

    /** The text of this moment. Takes time with many series: not on an event loop. */
    public String render() {
        var out = new StringBuilder(16 * 1024);
        registry.families().stream()
                .filter(family -> !family.samples().isEmpty())
                .sorted(Comparator.comparing(MetricFamily::name))
                .forEach(family -> append(family, out));
        return out.toString();
    }

    private static void append(MetricFamily family, StringBuilder out) {
        var name = family.name();
        var help = family.help().replace("\\", "\\\\").replace("\n", "\\n");
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ")
                .append(name)
                .append(' ')
                .append(family.kind().word())
                .append('\n');
        for (var sample : family.samples()) {
            out.append(name).append(sample.suffix());
            if (!sample.labels().isEmpty()) {
                out.append('{').append(sample.labels()).append('}');
            }
            out.append(' ').append(number(sample.value())).append('\n');
        }
    }

    private static String number(double value) {
        if (Math.rint(value) == value && Math.abs(value) < MAX_WHOLE) {
            return Long.toString((long) value);
        }
        return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
    }
}
