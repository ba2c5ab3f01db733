package io.suimon.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on loopback that harms what passes through it, as a network would: it delays, throttles, loses, swallows, refuses and
 * cuts. Changes hold for connections that are open, too.
 *
 * <p>Thread-safe. Each connection has four virtual threads, and holds at most {@link FaultyPipe#CAPACITY} bytes in each direction.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int BACKLOG = 256;

    private volatile InetSocketAddress target;
    private final int port;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile Faults faults = Faults.NONE;
    private volatile ServerSocket server;
    private volatile boolean closed;
    private Thread acceptor;

    /** Two sockets that are one connection. */
    private record Connection(Socket near, Socket far) {
        void cut() {
            for (var socket : List.of(near, far)) {
                try {
                    socket.setSoLinger(true, 0); // a reset, not an orderly end
                    socket.close();
                } catch (IOException e) {
                    // Gone either way.
                }
            }
        }
    }

    private FaultProxy(InetSocketAddress target, ServerSocket server) {
        this.target = target;
        this.server = server;
        this.port = server.getLocalPort();
        this.acceptor = acceptor(server);
    }

    /** A proxy to a port of the loopback address, on a free port, without faults. */
    public static FaultProxy to(int targetPort) {
        try {
            var loopback = InetAddress.getLoopbackAddress();
            return new FaultProxy(new InetSocketAddress(loopback, targetPort), listening(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        return socket;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** New connections lead to another port of the loopback address. */
    public void lead(int targetPort) {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
    }

    /** Connections that pass through it now. */
    public int open() {
        return connections.size();
    }

    /** No faults from now on; what it holds back goes on, and connections are accepted. */
    public void heal() {
        faults = Faults.NONE;
        refuse(false);
    }

    /** Every byte arrives later by this much, in each direction; as many bytes as before do. */
    public void delay(Duration by) {
        faults = faults.withDelay(by);
    }

    /** No more bytes than these pass in a second, in each direction of a connection; 0 means no limit. */
    public void throttle(int bytesPerSecond) {
        faults = faults.withBytesPerSecond(bytesPerSecond);
    }

    /** This share of what is read, 0 to 1, never arrives, while what is behind it does: the peer reads garbage. */
    public void lose(double share) {
        faults = faults.withLoss(share);
    }

    /** Everything disappears and connections stay open, as when the peer's machine is gone. */
    public void swallow(boolean on) {
        faults = faults.withSwallowing(on);
    }

    /** Breaks all connections with a reset; new ones work. */
    public void cut() {
        connections.forEach(Connection::cut);
    }

    /** Whether new connections are refused, as when no process listens. Does not touch those that are open. */
    public synchronized void refuse(boolean on) {
        try {
            if (on) {
                server.close();
                acceptor.join(); // the system goes on listening for as long as somebody accepts
            } else if (server.isClosed() && !closed) {
                server = listening(port);
                acceptor = acceptor(server);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread acceptor(ServerSocket listening) {
        return Thread.ofVirtual().name("fault-proxy-" + port).start(() -> {
            while (!listening.isClosed()) {
                try {
                    var near = listening.accept();
                    Thread.ofVirtual().start(() -> connect(near));
                } catch (IOException e) {
                    // Closed, or out of descriptors for a moment: the loop's condition tells.
                }
            }
        });
    }

    private void connect(Socket near) {
        var far = new Socket();
        var connection = new Connection(near, far);
        connections.add(connection);
        try {
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            far.connect(target, 5_000);
            var back = Thread.ofVirtual().start(() -> FaultyPipe.run(far, near, () -> faults));
            FaultyPipe.run(near, far, () -> faults);
            back.join();
        } catch (IOException e) {
            // The target is not there: the client is told by a reset.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection.cut();
            connections.remove(connection);
        }
    }

    @Override
    public void close() {
        closed = true;
        refuse(true);
        cut();
    }
}
