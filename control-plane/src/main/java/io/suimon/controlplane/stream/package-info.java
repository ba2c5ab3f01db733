/** The configuration stream: keeps every connected node at the mirror's newest revision, and knows which node runs what. */
@NullMarked
package io.suimon.controlplane.stream;

import org.jspecify.annotations.NullMarked;
