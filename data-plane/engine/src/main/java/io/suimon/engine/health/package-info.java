/** Which endpoints of an upstream are in order: the states, what moves them, and what balancers see of them. */
@NullMarked
package io.suimon.engine.health;

import org.jspecify.annotations.NullMarked;
