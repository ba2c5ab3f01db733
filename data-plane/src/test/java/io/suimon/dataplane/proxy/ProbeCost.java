package io.suimon.dataplane.proxy;

import com.sun.management.OperatingSystemMXBean;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollMode;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What it costs to probe ten thousand nodes, each every second: how much of a core this process takes, and of that the thread that
 * probes. A process of its own answers, on loopback. Run by hand; the README of the data plane says how.
 */
final class ProbeCost {

    private static final int NODES = 10_000;
    private static final int OF_ONE_NETWORK = 250;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    private ProbeCost() {}

    /** Arguments: probes per connection, seconds to warm up, seconds to measure, how often. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            serve();
            return;
        }
        var numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        var server = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProbeCost.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        try (var reader = server.inputReader()) {
            measure(Integer.parseInt(reader.readLine()), numbers);
        } finally {
            server.destroyForcibly();
        }
    }

    private static void measure(int port, int[] numbers) throws IOException {
        try (var gateway = new TestGateway()
                .setHealth("probes-per-connection", "" + numbers[0])
                .route(
                        "\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{" + nodes(port)
                                + "},\"checks\":{\"active\":{\"concurrency\":1000,\"http_path\":\"/health\",\"healthy\":{},\"unhealthy\":{}}}}")
                .start()) {
            gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            pause(numbers[1]);
            for (int i = 0; i < numbers[3]; i++) {
                measure(gateway, numbers[2]);
            }
        }
    }

    private static String nodes(int port) {
        return IntStream.range(0, NODES)
                .mapToObj(i -> "\"127.1.%d.%d:%d\":1".formatted(i / OF_ONE_NETWORK, 1 + i % OF_ONE_NETWORK, port))
                .collect(Collectors.joining(","));
    }

    private static void measure(TestGateway gateway, int seconds) {
        long begun = System.nanoTime();
        long process = processNanos();
        long thread = threadNanos();
        long probes = probes(gateway);
        pause(seconds);
        double nanos = System.nanoTime() - begun;
        System.out.printf(
                "process %.1f %% of a core, its thread that probes %.1f %%, %.0f probes a second, of all %s%n",
                100 * (processNanos() - process) / nanos,
                100 * (threadNanos() - thread) / nanos,
                (probes(gateway) - probes) * 1e9 / nanos,
                gateway.health().probes());
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static long probes(TestGateway gateway) {
        return gateway.health().probes().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static long processNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long threadNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("health"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static void serve() throws InterruptedException {
        var bound = new ServerBootstrap()
                .group(new EpollEventLoopGroup(1))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED)
                .childHandler(new Answering())
                .bind(new InetSocketAddress("0.0.0.0", 0))
                .sync()
                .channel();
        System.out.println(((InetSocketAddress) bound.localAddress()).getPort());
        bound.closeFuture().sync();
    }

    /** Answers whatever comes in one piece, as a probe does, and from this machine: thousands of loopback addresses are one socket's. */
    @Sharable
    private static final class Answering extends ChannelInboundHandlerAdapter {

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
        public void channelActive(ChannelHandlerContext context) {
            var client = (InetSocketAddress) context.channel().remoteAddress();
            if (!client.getAddress().isLoopbackAddress()) {
                context.close();
            }
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise
        public void channelRead(ChannelHandlerContext context, Object message) {
            ((ByteBuf) message).release();
            context.writeAndFlush(Unpooled.wrappedBuffer(ANSWER), context.voidPromise());
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to hear of it
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
