package io.suimon.soak;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts the bytes that a WebSocket brings. */
final class Heard implements WebSocket.Listener {

    private final Semaphore bytes = new Semaphore(0);

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        bytes.release(data.remaining());
        socket.request(1);
        return null;
    }

    /** Waits for so many. Returns whether they came. */
    boolean bytes(int expected) throws InterruptedException {
        return bytes.tryAcquire(expected, 20, TimeUnit.SECONDS);
    }
}
