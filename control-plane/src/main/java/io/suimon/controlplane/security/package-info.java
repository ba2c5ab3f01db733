/** Who may administer: addresses, keys, roles. */
@NullMarked
package io.suimon.controlplane.security;

import org.jspecify.annotations.NullMarked;
