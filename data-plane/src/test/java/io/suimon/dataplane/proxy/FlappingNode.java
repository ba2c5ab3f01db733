package io.suimon.dataplane.proxy;

import io.suimon.process.HeldPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.awaitility.Awaitility.await;

/** A node that is there, then is not, then is there, at one port. */
final class FlappingNode implements AutoCloseable {

    final int port;
    private final HeldPort held = new HeldPort();
    final AtomicInteger rounds = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread flapping;
    private RawOrigin node;

    FlappingNode(Duration each) throws IOException {
        port = held.number();
        up();
        flapping = Thread.ofVirtual().start(() -> flap(each));
    }

    private void flap(Duration each) {
        try {
            while (!over.await(each.toMillis(), TimeUnit.MILLISECONDS)) {
                if (rounds.incrementAndGet() % 2 == 1) {
                    down();
                } else {
                    up();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void down() throws IOException {
        node.close();
        awaitRefused(port);
    }

    final void up() throws IOException {
        node = new RawOrigin(
                connection -> {
                    while (!connection.head().isEmpty()) {
                        connection.send(UpstreamFaultsTest.GOOD);
                    }
                },
                held.listen());
    }

    @Override
    public void close() throws IOException {
        end();
        held.close();
    }

    void end() throws IOException {
        over.countDown();
        try {
            flapping.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.close();
    }

    /** A socket that is closed may accept for a moment yet. */
    static void awaitRefused(int port) {
        await().until(() -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return !socket.isConnected();
            } catch (ConnectException e) {
                return true;
            }
        });
    }
}
