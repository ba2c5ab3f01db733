/**
 * Text from the wire: a Java string with one char per byte (ISO 8859-1), so that any byte survives a round trip. Text from a
 * configuration becomes such text once, when it is compiled. Depends on nothing else here.
 */
@NullMarked
package io.suimon.engine.text;

import org.jspecify.annotations.NullMarked;
