/**
 * The plugin API, and the catalogue that finds and binds plugins.
 */
@NullMarked
package io.suimon.engine.plugin;

import org.jspecify.annotations.NullMarked;
