package io.suimon.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every experiment there is; the two classic ones come first. */
public final class Catalog {

    /** What CI runs: the two classic experiments, and the one that no gateway with etcd in its nodes survives. */
    static final List<String> SHORT = List.of("etcd-slow", "etcd-member-1-killed", "etcd-gone");

    private Catalog() {}

    static List<Experiment> all() {
        var all = new ArrayList<Experiment>();
        all.addAll(EtcdExperiments.all());
        all.addAll(ConfigurationExperiments.all());
        all.addAll(ControlPlaneExperiments.all());
        all.addAll(NodeExperiments.all());
        all.addAll(DiskExperiments.all());
        all.addAll(TrafficExperiments.all());
        return List.copyOf(all);
    }

    /** What {@code ./suimon chaos list} shows, in the same order. */
    public static List<String> names() {
        return all().stream().map(Experiment::name).toList();
    }

    static Optional<Experiment> named(String name) {
        return all().stream()
                .filter(experiment -> experiment.name().equals(name))
                .findFirst();
    }
}
