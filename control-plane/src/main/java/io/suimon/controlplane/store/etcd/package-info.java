/** The store in an etcd cluster, in APISIX's key layout: any number of control planes. */
@NullMarked
package io.suimon.controlplane.store.etcd;

import org.jspecify.annotations.NullMarked;
