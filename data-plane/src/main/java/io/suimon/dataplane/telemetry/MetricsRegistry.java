package io.suimon.dataplane.telemetry;

import io.suimon.dataplane.telemetry.MetricFamily.Kind;
import io.suimon.dataplane.telemetry.MetricFamily.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Where features say what they can tell. Thread-safe; suppliers are asked at each scrape on a worker thread, and do not throw. */
public final class MetricsRegistry {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final List<Supplier<List<MetricFamily>>> sources = new CopyOnWriteArrayList<>();

    /** Adds a number that goes up and down. */
    public void gauge(String name, String help, DoubleSupplier value) {
        addNumber(name, Kind.GAUGE, help, value);
    }

    /** Adds a number that only goes up; its name ends in {@code _total}. */
    public void counter(String name, String help, DoubleSupplier value) {
        addNumber(name, Kind.COUNTER, help, value);
    }

    private void addNumber(String name, Kind kind, String help, DoubleSupplier value) {
        add(name, kind, help, () -> List.of(new Sample("", "", value.getAsDouble())));
    }

    /**
     * Adds a metric with labels.
     *
     * @throws IllegalArgumentException when the name is taken, or is none
     */
    public void add(String name, Kind kind, String help, Supplier<List<Sample>> samples) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("metric: " + name + " (expected: " + NAME + ")");
        }
        if (!names.add(name)) {
            throw new IllegalArgumentException("metric: " + name + " is there already");
        }
        sources.add(() -> List.of(new MetricFamily(name, kind, help, samples.get())));
    }

    /** Adds metrics that come together. */
    void addAll(Supplier<List<MetricFamily>> families) {
        sources.add(families);
    }

    /** Everything there is to tell now. */
    List<MetricFamily> families() {
        var families = new ArrayList<MetricFamily>();
        sources.forEach(source -> families.addAll(source.get()));
        return families;
    }
}
