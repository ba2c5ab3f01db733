/** {@code ./suimon bench propagation}: how long a change takes until requests meet it, and what it costs the others. */
@NullMarked
package io.suimon.bench.propagation;

import org.jspecify.annotations.NullMarked;
