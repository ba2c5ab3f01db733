/** One line per exchange, written behind the traffic's back. */
@NullMarked
package io.suimon.dataplane.accesslog;

import org.jspecify.annotations.NullMarked;
