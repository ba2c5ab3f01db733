/**
 * Asks directories (LDAP) who clients are.
 */
@NullMarked
package io.suimon.dataplane.directory;

import org.jspecify.annotations.NullMarked;
