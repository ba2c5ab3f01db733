/** The store in a file of this process, on H2's MVStore: one control plane, no other service needed. */
@NullMarked
package io.suimon.controlplane.store.embedded;

import org.jspecify.annotations.NullMarked;
