package io.suimon.controlplane.admin;

/** The shapes APISIX has had for its answers. */
enum ApiVersion {
    /** The legacy one. */
    V2,
    /** The present one. */
    V3
}
