/**
 * Requests that consumers sign with a secret.
 */
@NullMarked
package io.suimon.engine.plugins.hmacauth;

import org.jspecify.annotations.NullMarked;
