package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.awaitility.Awaitility.await;

/** A node that is there, then is not, then is there, at one port. */
final class FlappingNode implements AutoCloseable {

    final int port;
    final AtomicInteger rounds = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread flapping;
    private RawOrigin node;

    FlappingNode(Duration each) throws IOException {
        node = RawOrigin.answering(UpstreamFaultsTest.GOOD);
        port = node.port();
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

    void up() throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        node = new RawOrigin(
                connection -> {
                    while (!connection.head().isEmpty()) {
                        connection.send(UpstreamFaultsTest.GOOD);
                    }
                },
                socket);
    }

    @Override
    public void close() throws IOException {
        end();
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
