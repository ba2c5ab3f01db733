package io.suimon.engine.routing;

/** How routes are found: {@code apisix.router.http}. */
public enum RouterMode {
    /** {@code radixtree_host_uri}: by host first, then by path. */
    HOST_URI,
    /** {@code radixtree_uri}: by path; the host is one more condition. */
    URI,
    /** {@code radixtree_uri_with_parameter}: by path with {@code :name} in it; the host is one more condition. */
    URI_WITH_PARAMETER
}
