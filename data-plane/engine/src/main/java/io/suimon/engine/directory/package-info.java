/**
 * Directories (LDAP): where they are, what they are asked, what they say.
 */
@NullMarked
package io.suimon.engine.directory;

import org.jspecify.annotations.NullMarked;
