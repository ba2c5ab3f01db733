package io.suimon.engine.routing;

/** How routes are found; APISIX's {@code apisix.router.http}, with its names. */
public enum RouterMode {
    /** By host first, then by path. */
    RADIXTREE_HOST_URI,
    /** By path; the host is one more condition. */
    RADIXTREE_URI,
    /** By path with {@code :name} in it; the host is one more condition. */
    RADIXTREE_URI_WITH_PARAMETER
}
