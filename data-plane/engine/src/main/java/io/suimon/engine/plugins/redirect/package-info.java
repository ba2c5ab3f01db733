/**
 * Sending clients elsewhere.
 */
@NullMarked
package io.suimon.engine.plugins.redirect;

import org.jspecify.annotations.NullMarked;
