/** The benchmark of {@code ./suimon bench admin}: the Admin API of a real control plane, on each of its stores. */
@NullMarked
package io.suimon.bench.admin;

import org.jspecify.annotations.NullMarked;
