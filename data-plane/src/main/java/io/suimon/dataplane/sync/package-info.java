/** Configuration from the control plane: connect, resume, verify, compile, swap, acknowledge. */
@NullMarked
package io.suimon.dataplane.sync;

import org.jspecify.annotations.NullMarked;
