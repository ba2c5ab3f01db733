/** Endpoints that registries know: which service has which, as the upstreams that name a service need them. */
@NullMarked
package io.suimon.dataplane.discovery;

import org.jspecify.annotations.NullMarked;
