package io.suimon.dataplane.proxy;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;

/**
 * Finds out that a client reset a connection on which it had said before that it will say no more: nothing is read there any more, and
 * so nobody tells. Until such a connection is closed the kernel wakes its event loop over and over.
 */
final class LostPeer {

    /** {@code TCP_CLOSE} of the kernel. */
    private static final int CLOSED = 7;

    private LostPeer() {}

    /** Asks the kernel; on the connection's event loop. Where the transport is not native, only a write will tell. */
    static boolean is(Channel channel) {
        return channel instanceof EpollSocketChannel socket
                && socket.isOpen()
                && socket.tcpInfo(new EpollTcpInfo()).state() == CLOSED;
    }
}
