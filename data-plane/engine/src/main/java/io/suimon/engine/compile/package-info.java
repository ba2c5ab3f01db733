/**
 * Resources in, runtime out: the only place where route, service, plugin config and consumer are merged.
 */
@NullMarked
package io.suimon.engine.compile;

import org.jspecify.annotations.NullMarked;
