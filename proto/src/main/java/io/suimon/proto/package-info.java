/** The contract between the planes, and what both must compute alike. */
@NullMarked
package io.suimon.proto;

import org.jspecify.annotations.NullMarked;
