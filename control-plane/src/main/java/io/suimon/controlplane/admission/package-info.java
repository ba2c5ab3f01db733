/** The gate before the store: every change is reviewed against one view, in APISIX's order and in its words. */
@NullMarked
package io.suimon.controlplane.admission;

import org.jspecify.annotations.NullMarked;
