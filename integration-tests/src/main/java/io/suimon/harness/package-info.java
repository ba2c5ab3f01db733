/** Starts the planes as real processes, for tests and benchmarks; the JDK alone. */
@NullMarked
package io.suimon.harness;

import org.jspecify.annotations.NullMarked;
