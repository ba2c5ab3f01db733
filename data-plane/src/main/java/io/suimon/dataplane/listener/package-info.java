/**
 * Bound ports: sockets in, connections out to {@code proxy}; how many there may be, and how they end.
 */
@NullMarked
package io.suimon.dataplane.listener;

import org.jspecify.annotations.NullMarked;
