/** What a node tells of its traffic: metrics. */
@NullMarked
package io.suimon.dataplane.telemetry;

import org.jspecify.annotations.NullMarked;
