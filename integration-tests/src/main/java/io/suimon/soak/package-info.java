/** Traffic of every kind with faults for a long time, and whether anything is left of it afterwards: what {@code ./suimon soak} runs. */
@NullMarked
package io.suimon.soak;

import org.jspecify.annotations.NullMarked;
