/** A Eureka server, for tests. */
@NullMarked
package io.suimon.registries.eureka;

import org.jspecify.annotations.NullMarked;
