/**
 * Network addresses as people write them: parsed without any look-up, compared as bytes.
 */
@NullMarked
package io.suimon.engine.net;

import org.jspecify.annotations.NullMarked;
