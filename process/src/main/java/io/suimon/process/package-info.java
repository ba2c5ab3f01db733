/** What every Suimon process does alike: it refuses settings that are wrong, and says in one line for people what ended its start. */
@NullMarked
package io.suimon.process;

import org.jspecify.annotations.NullMarked;
