/**
 * User names and passwords of consumers.
 */
@NullMarked
package io.suimon.engine.plugins.basicauth;

import org.jspecify.annotations.NullMarked;
