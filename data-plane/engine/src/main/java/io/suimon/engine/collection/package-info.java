/** Collections that are cheap to change one entry of while others read them. Depends on nothing else here. */
@NullMarked
package io.suimon.engine.collection;

import org.jspecify.annotations.NullMarked;
