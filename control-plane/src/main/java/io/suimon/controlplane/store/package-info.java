/** Where configuration is kept: one contract, two implementations. */
@NullMarked
package io.suimon.controlplane.store;

import org.jspecify.annotations.NullMarked;
