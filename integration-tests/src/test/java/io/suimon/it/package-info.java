/** The whole gateway by scenario: real processes, real sockets, a real etcd. */
@NullMarked
package io.suimon.it;

import org.jspecify.annotations.NullMarked;
