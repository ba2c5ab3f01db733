/**
 * Quotas per window of time.
 */
@NullMarked
package io.suimon.engine.plugins.limitcount;

import org.jspecify.annotations.NullMarked;
