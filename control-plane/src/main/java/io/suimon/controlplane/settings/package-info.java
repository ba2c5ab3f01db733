/** What is wrong with a setting, said the same way by every feature. */
@NullMarked
package io.suimon.controlplane.settings;

import org.jspecify.annotations.NullMarked;
