/**
 * Regular expressions as configurations write them: in PCRE's syntax, with searches that end.
 */
@NullMarked
package io.suimon.engine.regex;

import org.jspecify.annotations.NullMarked;
