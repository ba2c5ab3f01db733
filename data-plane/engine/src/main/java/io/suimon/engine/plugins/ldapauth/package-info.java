/**
 * Names and passwords that a directory knows under a name made of them.
 */
@NullMarked
package io.suimon.engine.plugins.ldapauth;

import org.jspecify.annotations.NullMarked;
