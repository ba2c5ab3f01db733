/**
 * Who of an upstream's endpoints is next.
 */
@NullMarked
package io.suimon.engine.balance;

import org.jspecify.annotations.NullMarked;
