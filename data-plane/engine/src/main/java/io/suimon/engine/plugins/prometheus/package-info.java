/**
 * Counting requests for Prometheus.
 */
@NullMarked
package io.suimon.engine.plugins.prometheus;

import org.jspecify.annotations.NullMarked;
