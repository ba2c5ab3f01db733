/** How proxies are loaded by the benchmark: tools, and clients of our own where there is no good one. */
@NullMarked
package io.suimon.bench.load;

import org.jspecify.annotations.NullMarked;
