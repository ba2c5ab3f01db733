/** What operators ask a node: status, readiness, the Control API. Knows the engine and nothing of how traffic is carried. */
@NullMarked
package io.suimon.dataplane.control;

import org.jspecify.annotations.NullMarked;
