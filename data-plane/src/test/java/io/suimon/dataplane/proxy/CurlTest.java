package io.suimon.dataplane.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The curl of this machine, the gateway, and the JDK's HTTP server. */
@TestInstance(Lifecycle.PER_CLASS)
class CurlTest {

    private static final int HUGE = 100 << 20;
    private static final String FILE = "0123456789".repeat(100);

    @TempDir
    Path folder;

    private HttpServer origin;
    private TestGateway gateway;

    /** What curl did. */
    private record Run(int exit, String out) {}

    @BeforeAll
    void start() throws IOException {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        origin.createContext("/file", CurlTest::file);
        origin.createContext("/echo", CurlTest::echo);
        origin.createContext("/sum", CurlTest::sum);
        origin.createContext("/zipped", CurlTest::zipped);
        origin.createContext("/huge", CurlTest::huge);
        origin.createContext("/never", exchange -> {});
        origin.start();
        gateway = TestGateway.to(origin.getAddress().getPort());
    }

    @AfterAll
    void stop() {
        gateway.close();
        origin.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static void file(HttpExchange exchange) throws IOException {
        var range = exchange.getRequestHeaders().getFirst("Range");
        byte[] bytes = FILE.getBytes(StandardCharsets.US_ASCII);
        if (range == null) {
            answer(exchange, 200, bytes);
            return;
        }
        var ends = range.substring("bytes=".length()).split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = Integer.parseInt(ends[1]);
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + bytes.length);
        answer(exchange, 206, java.util.Arrays.copyOfRange(bytes, from, to + 1));
    }

    private static void echo(HttpExchange exchange) throws IOException {
        var told = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n");
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        told.append(name).append(": ").append(values).append('\n'));
        told.append('\n').append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
        answer(exchange, 200, told.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void sum(HttpExchange exchange) throws IOException {
        var in = new CheckedInputStream(exchange.getRequestBody(), new CRC32());
        long bytes = in.transferTo(OutputStream.nullOutputStream());
        var text = bytes + " " + in.getChecksum().getValue();
        answer(exchange, 200, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void zipped(HttpExchange exchange) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(FILE.getBytes(StandardCharsets.US_ASCII));
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        answer(exchange, 200, bytes.toByteArray());
    }

    private static void huge(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean chunked = exchange.getRequestURI().toString().endsWith("chunked");
            exchange.sendResponseHeaders(200, chunked ? 0 : HUGE);
            for (int i = 0; i < HUGE >> 16; i++) {
                exchange.getResponseBody().write(block(i));
            }
        }
    }

    private static byte[] block(int number) {
        byte[] block = new byte[1 << 16];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i * 31 + number);
        }
        return block;
    }

    private static long hugeSum() {
        var sum = new CRC32();
        for (int i = 0; i < HUGE >> 16; i++) {
            sum.update(block(i));
        }
        return sum.getValue();
    }

    private Process begin(String path, String... flags) throws IOException {
        var command = new ArrayList<>(List.of("curl", "-s", "-S", "--noproxy", "", "--max-time", "300"));
        command.addAll(List.of(flags));
        command.add("http://127.0.0.1:" + gateway.port() + path);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private Run curl(String path, String... flags) throws Exception {
        var process = begin(path, flags);
        process.getOutputStream().close();
        return ended(process);
    }

    private static Run ended(Process process) throws Exception {
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out);
    }

    @Test
    void asksForAHeadAlone() throws Exception {
        var run = curl("/file", "-I");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("content-length: 1000\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void asksForARange() throws Exception {
        var run = curl("/file", "-i", "-r", "10-19");

        assertThat(run.out())
                .startsWith("HTTP/1.1 206 ")
                .contains("bytes 10-19/1000")
                .endsWith("\r\n\r\n0123456789");
    }

    @Test
    void speaksHttp10() throws Exception {
        var run = curl("/file", "-i", "--http1.0");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Connection: close\r\n").endsWith(FILE);
    }

    @Test
    void unpacks() throws Exception {
        assertThat(curl("/zipped", "--compressed").out()).isEqualTo(FILE);
    }

    @Test
    void keepsItsConnection() throws Exception {
        var url = "http://127.0.0.1:" + gateway.port() + "/file";

        var run = curl(
                "/file", "-o", "/dev/null", "-w", "%{num_connects} ", url, "-o", "/dev/null", url, "-o", "/dev/null");

        assertThat(run.out()).isEqualTo("1 0 0 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XPOST", "-XPUT", "-XPATCH", "-XDELETE", "-XOPTIONS", "-XPURGE"})
    void usesAnyMethod(String method) throws Exception {
        var run = curl("/echo?a=b", method, "-d", "x=y&z");

        assertThat(run.out()).startsWith(method.substring(2) + " /echo?a=b\n").endsWith("\n\nx=y&z");
    }

    @Test
    void postsAForm() throws Exception {
        var run = curl("/echo", "-F", "a=b", "-F", "c=d;type=text/x");

        assertThat(run.out())
                .contains("multipart/form-data", "name=\"a\"\r\n\r\nb\r\n", "Content-Type: text/x\r\n\r\nd\r\n");
    }

    @Test
    void uploadsFromAPipeInChunks() throws Exception {
        var process = begin("/sum", "-T", "-");
        var sum = new CRC32();
        try (var out = process.getOutputStream()) {
            for (int i = 0; i < 100; i++) {
                out.write(block(i));
                sum.update(block(i));
            }
        }

        assertThat(ended(process)).isEqualTo(new Run(0, (100 << 16) + " " + sum.getValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Expect: 100-continue", "Expect:", "Transfer-Encoding: chunked"})
    void uploadsAFile(String header) throws Exception {
        byte[] bytes = new byte[5_000_000];
        new java.util.Random(1).nextBytes(bytes);
        var file = Files.write(folder.resolve("upload"), bytes);
        var sum = new CRC32();
        sum.update(bytes);

        var run = curl("/sum", "-T", file.toString(), "-H", header, "--expect100-timeout", "50");

        assertThat(run).isEqualTo(new Run(0, bytes.length + " " + sum.getValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/huge", "/huge?chunked"})
    void downloads100Megabytes(String path) throws Exception {
        var process = begin(path);
        var in = new CheckedInputStream(process.getInputStream(), new CRC32());

        long bytes = in.transferTo(OutputStream.nullOutputStream());

        assertThat(process.waitFor()).isZero();
        assertThat(bytes).isEqualTo(HUGE);
        assertThat(in.getChecksum().getValue()).isEqualTo(hugeSum());
    }

    @Test
    void givesUpWaiting() throws Exception {
        var run = curl("/never", "--max-time", "0.3");

        assertThat(run.exit()).isEqualTo(28);
    }

    @Test
    void isRefusedWhatNoGatewayDoes() throws Exception {
        assertThat(curl("/", "-i", "-X", "TRACE").out()).startsWith("HTTP/1.1 405 Not Allowed\r\n");
        assertThat(curl("/", "-i", "-X", "OPTIONS", "--request-target", "*").out())
                .startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(curl("/", "-i", "-H", "Host:").out()).startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(curl("/", "-i", "-H", "X: " + "x".repeat(40_000)).out())
                .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
    }

    @Test
    void usesItAsAProxyForPlainTargetsOnly() throws Exception {
        var proxy = "http://127.0.0.1:" + gateway.port();
        var process =
                new ProcessBuilder("curl", "-s", "-x", proxy, "--max-time", "20", "http://other.example/echo").start();
        var tunnel = new ProcessBuilder(
                        "curl", "-s", "-p", "-x", proxy, "--max-time", "20", "http://other.example/echo")
                .start();

        assertThat(ended(process).out()).startsWith("GET /echo\n").contains("Host: [other.example]");
        assertThat(ended(tunnel).exit()).isEqualTo(56);
    }
}
