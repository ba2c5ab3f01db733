/** Kubernetes as a registry of services: endpoints that clusters have, listed once and watched from then on. */
@NullMarked
package io.suimon.dataplane.discovery.kubernetes;

import org.jspecify.annotations.NullMarked;
