package io.suimon.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One port that is listened on, by a socket per event loop where the kernel allows it. Opened and closed by one thread, which both may
 * block.
 */
final class BoundPort {

    private final List<Channel> sockets;
    private final int port;

    private BoundPort(List<Channel> sockets, int port) {
        this.sockets = sockets;
        this.port = port;
    }

    /**
     * Where and how to listen.
     *
     * @param children who carries accepted connections where the port is not shared
     */
    record Place(Transport transport, EventLoopGroup children, int backlog, String host, int port) {}

    /**
     * Begins to accept.
     *
     * @throws IOException when the address cannot be listened on; the message names it
     */
    static BoundPort open(Place place, Collection<EventLoop> loops, ChannelInitializer<Channel> accepting)
            throws IOException {
        var transport = place.transport();
        if (place.port() != 0 && transport.sharesPorts()) {
            refuseTaken(place);
        }
        var bound = new BoundPort(new ArrayList<>(), place.port());
        for (var loop : loops) {
            bound = bound.with(place, loop, accepting);
            if (!transport.sharesPorts()) {
                break;
            }
        }
        return bound;
    }

    private BoundPort with(Place place, EventLoop loop, ChannelInitializer<Channel> accepting) throws IOException {
        boolean shared = place.transport().sharesPorts();
        var listening = place.transport()
                .listening(loop, shared ? loop : place.children(), place.backlog())
                .childHandler(accepting)
                .bind(new InetSocketAddress(place.host(), port))
                .awaitUninterruptibly();
        if (!listening.isSuccess()) {
            close();
            throw cannotListen(place, listening.cause());
        }
        sockets.add(listening.channel());
        return new BoundPort(sockets, ((InetSocketAddress) listening.channel().localAddress()).getPort());
    }

    /** Sockets that share their port would share it with another process, too, and nobody would notice. */
    private static void refuseTaken(Place place) throws IOException {
        try (var probe = new Socket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(place.host(), place.port()));
        } catch (IOException e) {
            throw cannotListen(place, e);
        }
    }

    private static IOException cannotListen(Place place, Throwable cause) {
        return new IOException(
                "cannot listen on " + place.host() + ":" + place.port() + ": " + cause.getMessage(), cause);
    }

    int port() {
        return port;
    }

    /** Accepts no more; what was accepted goes on. */
    void close() {
        sockets.forEach(socket -> socket.close().awaitUninterruptibly());
    }
}
