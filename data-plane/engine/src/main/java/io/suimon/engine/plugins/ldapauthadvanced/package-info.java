/**
 * Names and passwords of users that a directory is searched for.
 */
@NullMarked
package io.suimon.engine.plugins.ldapauthadvanced;

import org.jspecify.annotations.NullMarked;
