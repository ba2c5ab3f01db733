/** References to secrets in resources: asked of secret managers and the environment, and replaced on the way to the nodes. */
@NullMarked
package io.suimon.controlplane.secret;

import org.jspecify.annotations.NullMarked;
