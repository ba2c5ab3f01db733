/**
 * API keys of consumers.
 */
@NullMarked
package io.suimon.engine.plugins.keyauth;

import org.jspecify.annotations.NullMarked;
