/** The Admin API: one generic resource endpoint, differences per kind as data. */
@NullMarked
package io.suimon.controlplane.admin;

import org.jspecify.annotations.NullMarked;
