/** Eureka as a registry. */
@NullMarked
package io.suimon.dataplane.discovery.eureka;

import org.jspecify.annotations.NullMarked;
