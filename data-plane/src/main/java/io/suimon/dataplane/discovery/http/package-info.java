/** What registries that are spoken to over HTTP have in common: servers, asking them, waiting, reading what they say. */
@NullMarked
package io.suimon.dataplane.discovery.http;

import org.jspecify.annotations.NullMarked;
