package io.suimon.engine.plugin;

import io.suimon.engine.directory.Directories;
import io.suimon.engine.resource.ResourceKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a filter may use of the process it runs in; one per binding. Everything it returns may be used on any thread. */
public interface PluginHost {

    /** The resource whose configuration is bound. */
    ResourceKey owner();

    /** A fingerprint of that configuration: equal for equal ones. */
    String configDigest();

    /** What people say about all uses of the plugin; the filter is bound anew when that changes. */
    <M> Optional<M> metadata(Class<M> type);

    /** The time of day. */
    InstantSource clock();

    /** Monotonic time in nanoseconds. */
    long nanoTime();

    /** Hard to guess. */
    RandomGenerator random();

    /** Counters that all filters of this process share and that outlive a configuration. */
    WindowCounters counters();

    /** Where exchanges are counted. */
    TrafficMetrics metrics();

    /** Those who know names and passwords. */
    Directories directories();

    /** The port on which clients reach this gateway by TLS. */
    int httpsPort();
}
