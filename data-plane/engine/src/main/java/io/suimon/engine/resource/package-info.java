/**
 * What a person configures: kinds, keys, records, their schemas, and the parser that makes one from the other. Depends on nothing else here.
 */
@NullMarked
package io.suimon.engine.resource;

import org.jspecify.annotations.NullMarked;
