package io.suimon.bench;

/**
 * What Suimon is configured with for a scenario; the others have the same configuration for all.
 *
 * @param plugins the JSON of the route's plugins
 * @param globalPlugins the JSON of those of a global rule; empty is no rule
 * @param extraRoutes routes beside the one asked for
 */
record Setup(Backend backend, String plugins, String globalPlugins, int extraRoutes) {

    static final Setup PLAIN = to(Backend.HTTP);

    static Setup to(Backend backend) {
        return new Setup(backend, "{}", "", 0);
    }

    /** The same with plugins. */
    Setup with(String ofTheRoute, String ofAGlobalRule) {
        return new Setup(backend, ofTheRoute, ofAGlobalRule, extraRoutes);
    }

    /** The same with routes beside. */
    Setup among(int routes) {
        return new Setup(backend, plugins, globalPlugins, routes - 1);
    }
}
