package io.suimon.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The samples of one scenario, in the order they were taken.
 *
 * <p>A ratio compares a sample with the mean of the two of nginx that were taken just before and just after it, so that what the
 * machine does to both cancels out; medians are taken of these ratios, not of the values.
 */
final class Results {

    private record Ratio(Sample sample, Sample before, Sample after) {
        double of(ToDoubleFunction<Sample> figure) {
            return figure.applyAsDouble(sample) / ((figure.applyAsDouble(before) + figure.applyAsDouble(after)) / 2);
        }
    }

    private final List<Sample> reference = new ArrayList<>();
    private final Map<String, List<Ratio>> others = new LinkedHashMap<>();

    /** One sample, between two of the reference; the one after is used again as the one before the next. */
    void add(String contender, Sample before, Sample sample, Sample after) {
        if (reference.isEmpty()) {
            reference.add(before);
        }
        reference.add(after);
        others.computeIfAbsent(contender, name -> new ArrayList<>()).add(new Ratio(sample, before, after));
    }

    List<String> contenders() {
        return List.copyOf(others.keySet());
    }

    double reference(ToDoubleFunction<Sample> figure) {
        return median(reference.stream().mapToDouble(figure).toArray());
    }

    double value(String contender, ToDoubleFunction<Sample> figure) {
        return median(ratios(contender).stream()
                .mapToDouble(ratio -> figure.applyAsDouble(ratio.sample))
                .toArray());
    }

    double ratio(String contender, ToDoubleFunction<Sample> figure) {
        return median(ratios(contender).stream()
                .mapToDouble(ratio -> ratio.of(figure))
                .toArray());
    }

    private List<Ratio> ratios(String contender) {
        return others.getOrDefault(contender, List.of());
    }

    static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
