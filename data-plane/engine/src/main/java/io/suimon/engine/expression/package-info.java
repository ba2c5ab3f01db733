/**
 * The languages inside a configuration: conditions, templates and the variables both speak of.
 */
@NullMarked
package io.suimon.engine.expression;

import org.jspecify.annotations.NullMarked;
