/** The whole configuration as one document: read, reviewed, laid over what is stored, and put together again. */
@NullMarked
package io.suimon.controlplane.document;

import org.jspecify.annotations.NullMarked;
