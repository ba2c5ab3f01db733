/** The copy of the configuration on disk: what a node starts with when nobody else has any. */
@NullMarked
package io.suimon.dataplane.cache;

import org.jspecify.annotations.NullMarked;
