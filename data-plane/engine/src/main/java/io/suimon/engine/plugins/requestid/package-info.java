/**
 * An identifier for every request.
 */
@NullMarked
package io.suimon.engine.plugins.requestid;

import org.jspecify.annotations.NullMarked;
