package io.suimon.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of loopback that refuses connections, and that the system gives to nobody while it is held. Servers may come and go there: they
 * and this one share it, as long as they listen and this one does not.
 */
public final class HeldPort implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final Socket holder = new Socket();

    public HeldPort() throws IOException {
        holder.setReuseAddress(true);
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public int number() {
        return holder.getLocalPort();
    }

    /** Listens there. */
    public ServerSocket listen() throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number()), BACKLOG);
        return server;
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
