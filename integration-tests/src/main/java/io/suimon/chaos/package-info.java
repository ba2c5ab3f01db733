/** {@code ./suimon chaos}: the promises, run against the build that lies here, with real processes, real etcd and real faults. */
@NullMarked
package io.suimon.chaos;

import org.jspecify.annotations.NullMarked;
