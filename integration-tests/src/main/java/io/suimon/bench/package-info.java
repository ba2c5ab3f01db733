/** The benchmark of {@code ./suimon bench}: proxies side by side on one machine. */
@NullMarked
package io.suimon.bench;

import org.jspecify.annotations.NullMarked;
