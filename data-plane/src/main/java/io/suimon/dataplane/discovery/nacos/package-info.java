/** Nacos as a registry. */
@NullMarked
package io.suimon.dataplane.discovery.nacos;

import org.jspecify.annotations.NullMarked;
