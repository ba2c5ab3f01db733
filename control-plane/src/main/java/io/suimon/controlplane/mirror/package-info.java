/** The watch-fed immutable view of the store at one revision: what everyone but a writer reads. */
@NullMarked
package io.suimon.controlplane.mirror;

import org.jspecify.annotations.NullMarked;
