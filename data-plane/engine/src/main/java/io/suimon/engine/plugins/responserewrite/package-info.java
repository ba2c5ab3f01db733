/**
 * What the client is answered instead.
 */
@NullMarked
package io.suimon.engine.plugins.responserewrite;

import org.jspecify.annotations.NullMarked;
