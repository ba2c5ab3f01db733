/** What control planes do on real etcd clusters that fail in every way. */
@NullMarked
package io.suimon.it.etcd;

import org.jspecify.annotations.NullMarked;
