/** The whole gateway with each kind of registry: real servers where there are some to be had. */
@NullMarked
package io.suimon.it.registries;

import org.jspecify.annotations.NullMarked;
