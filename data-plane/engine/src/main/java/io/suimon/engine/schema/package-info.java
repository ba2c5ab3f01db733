/** JSON Schema, with its findings in the words APISIX's clients know. Depends on nothing else here. */
@NullMarked
package io.suimon.engine.schema;

import org.jspecify.annotations.NullMarked;
