package io.suimon.harness;

import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Before a server that sends back what it gets. */
class FaultProxyTest {

    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = FaultProxy.to(echo.getLocalPort());
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                var socket = echo.accept();
                Thread.ofVirtual().start(() -> echo(socket));
            } catch (IOException e) {
                // Closed at the end of the test.
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // Cut by the test.
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(TestPatience.MILLIS);
        return socket;
    }

    private static byte[] ask(Socket socket, int bytes) throws IOException {
        var sent = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            sent[i] = (byte) (i * 31);
        }
        Thread.ofVirtual().start(() -> {
            try {
                socket.getOutputStream().write(sent);
            } catch (IOException e) {
                // Seen by the reader.
            }
        });
        var got = socket.getInputStream().readNBytes(bytes);
        assertThat(got).isEqualTo(sent);
        return got;
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Test
    void withoutFaultsEverythingArrivesAndTheEndToo() throws IOException {
        try (var socket = connect()) {
            ask(socket, 10_000_000);
            socket.shutdownOutput();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        await().until(() -> proxy.open() == 0);
    }

    @Test
    void delayAddsToEachDirection() throws IOException {
        try (var socket = connect()) {
            proxy.delay(Duration.ofMillis(150));
            long start = System.nanoTime();

            ask(socket, 100);

            assertThat(millisSince(start)).isGreaterThanOrEqualTo(300);
        }
    }

    @Test
    void healingSetsFreeWhatIsHeldBack() throws IOException {
        proxy.delay(Duration.ofMinutes(10));
        try (var socket = connect()) {
            socket.getOutputStream().write(7);

            proxy.heal();

            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void throttleLetsNoMorePassThanItSays() throws IOException {
        proxy.throttle(200_000);
        try (var socket = connect()) {
            long start = System.nanoTime();

            ask(socket, 60_000);

            assertThat(millisSince(start)).isGreaterThanOrEqualTo(250);
        }
    }

    @Test
    void whatIsSwallowedNeverArrivesAndTheConnectionStays() throws IOException {
        try (var socket = connect()) {
            ask(socket, 10);
            proxy.swallow(true);
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write(1);

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            proxy.heal();
            socket.setSoTimeout(TestPatience.MILLIS);
            socket.getOutputStream().write(2);
            assertThat(socket.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void lossTakesPiecesOutOfTheMiddle() throws IOException {
        try (var socket = connect()) {
            proxy.lose(1);
            socket.getOutputStream().write(1);
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            proxy.lose(0);
            socket.getOutputStream().write(2);

            assertThat(socket.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void refusalHoldsForNewConnectionsOnly() throws IOException {
        try (var socket = connect()) {
            ask(socket, 10);

            proxy.refuse(true);

            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            ask(socket, 10);
            proxy.heal();
            try (var another = connect()) {
                ask(another, 10);
            }
        }
    }

    @Test
    void cutIsAReset() throws IOException {
        try (var socket = connect()) {
            ask(socket, 10);

            proxy.cut();

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void targetThatIsGoneIsAReset() throws IOException {
        echo.close();
        try (var socket = connect()) {

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }
}
