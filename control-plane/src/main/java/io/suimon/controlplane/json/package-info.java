/** JSON as it comes in and goes out: strict in what it reads, and its errors in the words APISIX's clients know. */
@NullMarked
package io.suimon.controlplane.json;

import org.jspecify.annotations.NullMarked;
