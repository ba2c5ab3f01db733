/** Both ends of the configuration stream, over real sockets. */
@NullMarked
package io.suimon.it.stream;

import org.jspecify.annotations.NullMarked;
