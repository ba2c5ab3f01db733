/**
 * JSON web tokens of consumers (RFC 7519).
 */
@NullMarked
package io.suimon.engine.plugins.jwtauth;

import org.jspecify.annotations.NullMarked;
