package io.suimon.dataplane.proxy;

import io.suimon.engine.plugin.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that takes its time over a response, but takes it: it gets the whole, in whatever state the connection is meanwhile. */
class SlowClientTest {

    private static final int BODY = 24 << 20; // more than all buffers of the kernel
    private static final int STEP = 1 << 20;

    /** Answers every request with the same large body, which is one buffer. */
    private static FilterPlugin large() {
        var reply = Decision.text(200, "x".repeat(BODY));
        return new FilterPlugin("large", 1, exchange -> reply);
    }

    @ParameterizedTest(name = "{0}: 1 MiB each {1} ms")
    @CsvSource({
        "keep-alive, 200", // longer than timeout.send and timeout.idle
        "close,      250", // longer than the connection lingers
    })
    void aSlowClientGetsTheWholeResponse(String connection, int pauseMillis) throws Exception {
        try (var gateway = new TestGateway()
                        .with(large())
                        .set("timeout.send", "PT3S")
                        .set("timeout.idle", "PT0.5S")
                        .route("\"plugins\":{\"large\":{}}," + TestGateway.upstream(1))
                        .start();
                var client = new Socket()) {
            client.setReceiveBufferSize(64 << 10);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            client.getOutputStream()
                    .write(Wire.bytes("GET / HTTP/1.1\r\nHost: a\r\nConnection: " + connection + "\r\n\r\n"));

            long received = readSlowly(client.getInputStream(), pauseMillis);

            assertThat(received).isGreaterThan(BODY);
        }
    }

    /** How many bytes come until the end of the connection. */
    private static long readSlowly(InputStream in, int pauseMillis) {
        var received = new AtomicLong();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(pauseMillis))
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    int step = step(in);
                    received.addAndGet(step);
                    return step < STEP;
                });
        return received.get();
    }

    private static int step(InputStream in) throws IOException {
        return in.readNBytes(STEP).length;
    }
}
