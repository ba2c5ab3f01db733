/** JSON Schema, with its findings in the words APISIX's clients know. Depends on regular expressions alone. */
@NullMarked
package io.suimon.engine.schema;

import org.jspecify.annotations.NullMarked;
