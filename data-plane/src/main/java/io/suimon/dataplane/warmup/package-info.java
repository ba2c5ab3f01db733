/** The traffic path is run in before traffic comes: by real requests, on sockets and event loops of its own. */
@NullMarked
package io.suimon.dataplane.warmup;

import org.jspecify.annotations.NullMarked;
