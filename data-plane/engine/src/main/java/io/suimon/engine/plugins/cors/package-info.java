/**
 * Cross-origin resource sharing.
 */
@NullMarked
package io.suimon.engine.plugins.cors;

import org.jspecify.annotations.NullMarked;
