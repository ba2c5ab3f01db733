package io.suimon.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;

/** Asks once behind a handshake, and waits until the server ends the connection. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the connection, and that is heard of
final class OneRequest extends ChannelInboundHandlerAdapter {

    private static final String ANSWER = "HTTP/1.1 200";

    private final String path;
    private final Run run;
    private final long began;
    private final Runnable next;
    private String answer = "";

    OneRequest(String path, Run run, long began, Runnable next) {
        this.path = path;
        this.run = run;
        this.began = began;
        this.next = next;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            return;
        }
        if (!handshake.isSuccess()) {
            run.failed("handshake: " + handshake.cause().getMessage());
            context.close();
            return;
        }
        var session = context.pipeline().get(SslHandler.class).engine().getSession();
        if (!session.getCipherSuite().equals(Tool.CIPHER)) {
            run.failed("cipher: " + session.getCipherSuite() + " (expected: " + Tool.CIPHER + ")");
        }
        var request = "GET " + path + " HTTP/1.1\r\nHost: " + Door.NAME + "\r\nConnection: close\r\n\r\n";
        context.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        if (answer.length() < ANSWER.length()) {
            answer += bytes.toString(StandardCharsets.ISO_8859_1);
        }
        bytes.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        run.failed("connection: " + cause.getMessage());
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (answer.startsWith(ANSWER)) {
            run.answered(began);
        } else {
            run.failed("answer: " + answer.lines().findFirst().orElse("none") + " (expected: " + ANSWER + ")");
        }
        next.run();
    }
}
