package io.suimon.it.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TCP connection between both ends that a test can cut, or make swallow everything without a word. */
final class FragileLink implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int target;
    private volatile boolean swallowing;

    FragileLink(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** New connections go there. */
    void lead(int newTarget) {
        target = newTarget;
    }

    /** Breaks what is connected; new connections work. */
    void cut() {
        sockets.forEach(FragileLink::closeQuietly);
        sockets.clear();
    }

    /** From now on bytes disappear on the way, and connections stay open: what a dead peer looks like. */
    void swallow(boolean on) {
        swallowing = on;
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var near = server.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(near);
                sockets.add(far);
                threads.execute(() -> pump(near, far));
                threads.execute(() -> pump(far, near));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                threads.execute(this::accept); // The control plane is not there: the next attempt may find it.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!swallowing) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // Cut, by either end or by the test.
        }
        closeQuietly(from);
        closeQuietly(to);
        sockets.remove(from);
        sockets.remove(to);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        threads.shutdownNow();
    }
}
