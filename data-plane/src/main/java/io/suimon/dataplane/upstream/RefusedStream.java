package io.suimon.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;

/** Closes what an origin begins by itself: nothing is pushed to a gateway. */
@Sharable
final class RefusedStream extends ChannelInitializer<Channel> {

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    protected void initChannel(Channel stream) {
        stream.close();
    }
}
