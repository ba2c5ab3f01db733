package io.suimon.engine.plugins.prometheus;

/**
 * How exchanges are counted.
 *
 * @param preferName label routes and services with their names rather than their ids
 */
public record PrometheusConfig(boolean preferName) {}
