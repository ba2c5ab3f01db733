package io.suimon.dataplane.discovery.http;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a process gives registries that are spoken to over HTTP.
 *
 * @param vertx whose event loops their connections are on
 * @param random when servers are asked again; used by many threads
 * @param clock what time it is
 * @param nanoTime the monotonic clock, in nanoseconds
 * @param trust what their servers are verified with
 */
public record RegistryHost(
        Vertx vertx, RandomGenerator random, InstantSource clock, LongSupplier nanoTime, RegistryTrust trust) {}
