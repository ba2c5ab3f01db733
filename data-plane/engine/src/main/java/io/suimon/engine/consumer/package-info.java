/**
 * Who is calling: the consumers of one runtime, found by their credentials.
 */
@NullMarked
package io.suimon.engine.consumer;

import org.jspecify.annotations.NullMarked;
