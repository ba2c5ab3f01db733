/**
 * Who may pass by address.
 */
@NullMarked
package io.suimon.engine.plugins.iprestriction;

import org.jspecify.annotations.NullMarked;
