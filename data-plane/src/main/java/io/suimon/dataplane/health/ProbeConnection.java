package io.suimon.dataplane.health;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.suimon.dataplane.http1.BodyReader;
import io.suimon.dataplane.http1.HeadBuffer;
import io.suimon.dataplane.http1.KnownField;
import io.suimon.dataplane.tls.OriginPeer;
import io.suimon.dataplane.upstream.Outbox;
import io.suimon.engine.health.HealthEvent;
import io.suimon.engine.resource.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection of probes: carries one at a time, and reads as much of its answer as a verdict takes. */
final class ProbeConnection extends ChannelInboundHandlerAdapter {

    /** A longer body is not read: the connection is closed instead. */
    static final int MAX_BODY = 64 * 1024;

    private static final int MAX_INFORMATIONAL = 16;

    private enum State {
        CONNECTING,
        HEAD,
        BODY,
        IDLE,
        CLOSED
    }

    private final ProbeLoop loop;
    private final ProbedNode node;
    private final ProbeTls.@Nullable Ready tls;
    private final int limit;
    private State state = State.CONNECTING;
    private @Nullable Probe probe;
    private @Nullable Channel channel;
    private @Nullable Outbox outbox;
    private @Nullable HeadBuffer head;
    private @Nullable BodyReader body;
    private int carried;
    private int informational;
    private int bodyBytes;
    private boolean answered;

    /** @param tls null where it is not encrypted */
    ProbeConnection(ProbeLoop loop, Probe probe, ProbeTls.@Nullable Ready tls) {
        this.loop = loop;
        this.probe = probe;
        this.node = probe.node();
        this.tls = tls;
        this.limit = node.isFirstConnection() ? loop.someProbesPerConnection() : loop.probesPerConnection();
    }

    void dial(InetSocketAddress to) {
        var made = loop.bootstrap().clone().handler(handler(to.getPort())).connect(to);
        channel = made.channel();
        made.addListener(done -> {
            if (!done.isSuccess()) {
                // Where there was not even a socket to try with, that says nothing of the node.
                fail(done.cause() instanceof IOException ? HealthEvent.TCP_FAILURE : null);
            }
        });
    }

    private ChannelHandler handler(int port) {
        if (tls == null) {
            return this;
        }
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel opened) {
                var peer = new OriginPeer(node.serverName(), tls.identity());
                opened.pipeline()
                        .addLast(tls.tls().handler(tls.context(), peer, port, opened.alloc()), ProbeConnection.this);
            }
        };
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (tls == null) {
            opened();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                opened();
            } else {
                fail(HealthEvent.TCP_FAILURE);
            }
        }
    }

    private void opened() {
        var carrying = probe;
        if (carrying == null) {
            close();
        } else if (node.plan().active().type() == HealthCheck.Type.TCP) {
            carrying.judge(HealthEvent.SUCCESS);
            close();
            carrying.end();
        } else {
            send();
        }
    }

    /** Takes the next probe; this waited for it. */
    void carry(Probe next) {
        loop.taken();
        probe = next;
        send();
    }

    private void send() {
        var to = outbox;
        if (to == null) {
            to = new Outbox(Objects.requireNonNull(channel));
            outbox = to;
        }
        state = State.HEAD;
        carried++;
        informational = 0;
        bodyBytes = 0;
        answered = false;
        head = loop.takeHeadBuffer();
        to.bytes(node.request());
        to.flush(); // a connection that is gone says so at once, as an exception in the pipeline
        to.discard(); // what is kept between probes would be cold memory: the allocator has warm one
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var in = (ByteBuf) message;
        try {
            read(in);
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in) {
        if (state == State.IDLE) {
            close(); // nothing was asked
            return;
        }
        answered = true;
        while (state == State.HEAD && in.isReadable()) {
            readHead(in);
        }
        if (state == State.BODY) {
            readBody(in);
        }
    }

    private void readHead(ByteBuf in) {
        var collected = head;
        if (collected == null) {
            return;
        }
        switch (collected.collect(in)) {
            case INCOMPLETE -> {
                return;
            }
            case LINE_TOO_LONG, TOO_LARGE -> {
                fail(HealthEvent.HTTP_FAILURE);
                return;
            }
            case COMPLETE -> {} // goes on below
        }
        var response = loop.freshResponse();
        if (!loop.parser().parse(collected.bytes(), collected.length(), response) || response.status() == 101) {
            fail(HealthEvent.HTTP_FAILURE);
        } else if (response.status() >= 200) {
            leaveHead();
            begin(response.status(), in);
        } else if (++informational > MAX_INFORMATIONAL) {
            fail(HealthEvent.HTTP_FAILURE);
        } else {
            collected.clear();
        }
    }

    private void begin(int status, ByteBuf in) {
        var carrying = probe;
        if (carrying == null) {
            close();
            return;
        }
        state = State.BODY;
        carrying.judge(node.plan().rules().of(status));
        if (isReusable(status)) {
            readBody(in);
        } else {
            close();
            carrying.end();
        }
    }

    /** Whether another probe could follow on this connection; then the body's framing is known. */
    private boolean isReusable(int status) {
        var fields = loop.parser().fields();
        boolean alive = loop.parser().minorVersion() == 1 ? !fields.close() : fields.keepAlive() && !fields.close();
        var method = node.plan().active().method();
        if (!alive || carried >= limit || method.equals("CONNECT")) {
            return false;
        }
        var reader = new BodyReader(loop.http());
        if (method.equals("HEAD") || status == 204 || status == 304) {
            reader.none();
        } else if (fields.chunked()) {
            reader.chunked();
        } else if (fields.has(KnownField.CONTENT_LENGTH) && fields.contentLength() <= MAX_BODY) {
            reader.length(fields.contentLength());
        } else {
            return false;
        }
        body = reader;
        return true;
    }

    private void leaveHead() {
        if (head != null) {
            loop.giveBack(head);
            head = null;
        }
    }

    private void readBody(ByteBuf in) {
        var reader = body;
        while (state == State.BODY && reader != null) {
            int part = reader.next(in);
            if (part == BodyReader.MORE) {
                return;
            }
            bodyBytes += Math.max(0, part);
            if (part > 0 && bodyBytes <= MAX_BODY) {
                in.skipBytes(part);
            } else {
                done(part == BodyReader.END && !in.isReadable());
            }
        }
    }

    private void done(boolean reusable) {
        var carrying = probe;
        probe = null;
        body = null;
        if (reusable && node.keepsConnections() && loop.mayKeep()) {
            state = State.IDLE;
            loop.kept();
            node.keep(this);
        } else {
            close();
        }
        if (carrying != null) {
            carrying.end();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(HealthEvent.TCP_FAILURE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(HealthEvent.TCP_FAILURE); // a reset, or a write to one that is gone
    }

    private void fail(@Nullable HealthEvent event) {
        var carrying = probe;
        boolean stale = state == State.HEAD && carried > 1 && !answered;
        close();
        if (carrying != null && stale) {
            carrying.startAfresh();
        } else if (carrying != null) {
            carrying.judge(event);
            carrying.end();
        }
    }

    /** Closes; more than once is once. Its probe is told by whoever calls. */
    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.IDLE) {
            loop.taken();
            node.forget(this);
        }
        state = State.CLOSED;
        probe = null;
        body = null;
        leaveHead();
        if (outbox != null) {
            outbox.discard();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
