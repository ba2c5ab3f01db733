/** Consul as a registry: its catalogue, and its key-value store. */
@NullMarked
package io.suimon.dataplane.discovery.consul;

import org.jspecify.annotations.NullMarked;
