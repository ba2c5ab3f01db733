package io.suimon.dataplane.listener;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollMode;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;

/** How sockets are spoken to: native epoll, or Java's selector where it does not load. The only place that knows. */
public enum Transport {
    /** Level-triggered: one read per message where edge-triggered reads need a second one that finds nothing. */
    EPOLL,
    NIO;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /** The best there is. */
    public static Transport of(boolean nativeWanted) {
        return nativeWanted && Epoll.isAvailable() ? EPOLL : NIO;
    }

    /**
     * Event loops.
     *
     * @param name of their threads
     */
    public EventLoopGroup group(int loops, String name) {
        ThreadFactory threads = new DefaultThreadFactory(name, true);
        return this == EPOLL ? new EpollEventLoopGroup(loops, threads) : new NioEventLoopGroup(loops, threads);
    }

    /** Whether each event loop can have a listening socket of its own on one port. */
    boolean sharesPorts() {
        return this == EPOLL;
    }

    /** Listens on one loop, accepting for {@code children}. */
    ServerBootstrap listening(EventLoop loop, EventLoopGroup children, int backlog) {
        var bootstrap = new ServerBootstrap()
                .group(loop, children)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        if (this == NIO) {
            return bootstrap.channel(NioServerSocketChannel.class);
        }
        return bootstrap
                .channel(EpollServerSocketChannel.class)
                .option(EpollChannelOption.SO_REUSEPORT, true)
                .childOption(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED);
    }

    /** Connects on one loop; how long that may take is watched by others. */
    public Bootstrap connecting(EventLoop loop) {
        var bootstrap = new Bootstrap()
                .group(loop)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        return this == NIO
                ? bootstrap.channel(NioSocketChannel.class)
                : bootstrap
                        .channel(EpollSocketChannel.class)
                        .option(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED);
    }

    /** Connections, where nothing is set for them. */
    public Class<? extends SocketChannel> streams() {
        return this == NIO ? NioSocketChannel.class : EpollSocketChannel.class;
    }

    public Class<? extends DatagramChannel> datagrams() {
        return this == NIO ? NioDatagramChannel.class : EpollDatagramChannel.class;
    }
}
