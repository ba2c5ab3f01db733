package io.suimon.engine.plugin;

import io.suimon.engine.http.Exchange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Counts finished exchanges by route, service, consumer and status. Called on the exchange's event loop; never blocks. */
@FunctionalInterface
public interface TrafficMetrics {

    /** Counts nothing. */
    TrafficMetrics NONE = (exchange, labels) -> {};

    /**
     * How exchanges are labelled. Immutable, and one per binding: what is derived from it may be kept by its identity.
     *
     * @param preferName label routes and services with their names rather than their ids
     * @param disabled for a metric, without prefix ({@code http_status}), the labels whose value is left empty
     */
    record Labels(boolean preferName, Map<String, Set<String>> disabled) {

        /** Ids, and every label. */
        public static final Labels DEFAULT = new Labels(false, Map.of());

        public Labels {
            var copy = new LinkedHashMap<String, Set<String>>();
            disabled.forEach((metric, labels) -> copy.put(metric, Set.copyOf(labels)));
            disabled = Map.copyOf(copy);
        }

        /** The labels of this metric whose value is left empty. */
        public Set<String> disabledOn(String metric) {
            return disabled.getOrDefault(metric, Set.of());
        }
    }

    /** Counts one exchange. */
    void record(Exchange exchange, Labels labels);
}
