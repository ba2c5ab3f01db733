/** The rules of structure that the build holds everyone to. */
@NullMarked
package io.suimon.architecture;

import org.jspecify.annotations.NullMarked;
