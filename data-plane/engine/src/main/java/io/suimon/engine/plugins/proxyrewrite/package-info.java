/**
 * What the upstream is asked instead.
 */
@NullMarked
package io.suimon.engine.plugins.proxyrewrite;

import org.jspecify.annotations.NullMarked;
