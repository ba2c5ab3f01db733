package io.suimon.engine.compile;

/**
 * Makes a runtime from resources: the only place where route, service, plugin config, consumer group and consumer are merged.
 *
 * <p>A pure function of the resources: applying changes one by one gives what compiling the result at once gives. Not on an event
 * loop. Not thread-safe: one caller at a time.
 */
public final class RuntimeCompiler {

    /**
     * Compiles what a change makes of a runtime. The runtime given stays as it is.
     *
     * <p>A resource that cannot be compiled stays at its last good form, or absent where it never had one, and is listed; it
     * holds nothing else back.
     */
    public Compiled apply(Runtime base, ConfigChange change) {
        throw new UnsupportedOperationException();
    }
}
