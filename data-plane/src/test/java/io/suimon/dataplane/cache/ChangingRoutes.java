package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import io.suimon.dataplane.sync.ConfigurationStep;
import io.suimon.dataplane.sync.CopyContent;
import io.suimon.dataplane.sync.CopySource;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import java.util.ArrayList;
import java.util.List;

/** So many routes, of which each change edits one; every ninth takes the last one away instead, as long as there are three. Thread-safe. */
final class ChangingRoutes implements CopySource {

    private static final int REMOVING = 9;

    private final List<StoredResource> routes = new ArrayList<>();
    private final List<Configuration> states = new ArrayList<>();
    private ConfigurationStep step;
    private final String more;
    private Configuration kept;

    /** At revision 1. */
    ChangingRoutes(int count) {
        this(count, 0);
    }

    /** @param padding characters more in each */
    ChangingRoutes(int count, int padding) {
        this.more = "x".repeat(padding);
        for (int i = 0; i < count; i++) {
            routes.add(route(i, 1));
        }
        kept = Configurations.with(1, routes);
        states.add(kept);
        step = nothing();
    }

    private ConfigurationStep nothing() {
        return new ConfigurationStep(kept.revision(), kept.digest(), List.of(), List.of());
    }

    private StoredResource route(int i, long revision) {
        return Configurations.resource(
                ResourceKind.ROUTE, "r" + i, revision, "{\"uri\":\"/secret-%d-%d%s\"}".formatted(i, revision, more));
    }

    /** The next revision. What is to be kept is asked for before the one after it. */
    synchronized void change() {
        var before = newest();
        long revision = before.revision() + 1;
        var puts = new ArrayList<StoredResource>();
        var removals = new ArrayList<StoredResource>();
        if (revision % REMOVING == 0 && routes.size() > 2) {
            removals.add(routes.removeLast());
        } else {
            int edited = (int) (revision % routes.size());
            puts.add(route(edited, revision));
            routes.set(edited, puts.getFirst());
        }
        var state = Configurations.with(revision, routes);
        step = new ConfigurationStep(
                revision,
                state.digest(),
                puts,
                removals.stream().map(StoredResource::key).toList());
        states.add(state);
    }

    synchronized Configuration newest() {
        return states.getLast();
    }

    /** What there was at a revision. */
    synchronized Configuration at(long revision) {
        return states.get((int) revision - 1);
    }

    @Override
    public synchronized CopyContent next(boolean whole) {
        var content = whole ? newest() : step;
        kept = newest();
        step = nothing();
        return content;
    }
}
