/** DNS as a registry of services: SRV records, addresses, aliases. */
@NullMarked
package io.suimon.dataplane.discovery.dns;

import org.jspecify.annotations.NullMarked;
