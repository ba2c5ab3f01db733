package io.suimon.soak;

import java.io.IOException;

/** One client of the gateway that comes again and again; it belongs to one thread. */
interface Visitor extends AutoCloseable {

    /** Comes once. Returns what was not as it should be; empty when all was. */
    String visit() throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}
}
