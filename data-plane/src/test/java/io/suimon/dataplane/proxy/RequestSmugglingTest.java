package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.WireTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends every row of {@code smuggling/requests.txt} to a listener with an origin that reads by the letter. */
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class RequestSmugglingTest {

    private static final String END = "\r\n\r\n";
    private static final String NEXT = "GET /smuggled HTTP/1.1\r\nHost: a" + END;
    private static final String SENTINEL = "GET /sentinel HTTP/1.1\r\nHost: a\r\nConnection: close" + END;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 [2-5]\\d\\d ");

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> ambiguous = new CopyOnWriteArrayList<>();
    private RawOrigin origin;
    private TestGateway gateway;

    @BeforeAll
    void start() throws IOException {
        origin = new RawOrigin(this::record);
        gateway = TestGateway.to(origin.port());
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private void record(RawOrigin.Connection connection) throws IOException {
        var requests = new StrictReader(connection.socket.getInputStream());
        try {
            for (var line = requests.next(); line != null; line = requests.next()) {
                seen.add(line);
                connection.send(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + (line.startsWith("HEAD ") ? "" : "ok"));
            }
        } catch (StrictReader.AmbiguousException e) {
            ambiguous.add(e.getMessage());
        }
    }

    static List<WireTable.Row> rows() {
        return WireTable.read("/smuggling/requests.txt");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void nothingIsSmuggledPast(WireTable.Row row) throws Exception {
        seen.clear();
        ambiguous.clear();
        var message = message(row);

        var answer = row.outcome().equals("one") ? forwarded(message) : gateway.exchange(message + NEXT);
        var after = gateway.exchange(SENTINEL);

        assertThat(after).startsWith("HTTP/1.1 200 ");
        assertThat(ambiguous).isEmpty();
        assertThat(seen).noneMatch(line -> line.contains(" /smuggled "));
        assertThat(STATUS_LINE.matcher(answer).results()).hasSize(1);
        if (row.outcome().equals("one")) {
            assertThat(answer).contains("HTTP/1.1 200 OK\r\n");
            assertThat(seen).hasSize(2);
        } else {
            assertThat(answer).startsWith("HTTP/1.1 " + row.outcome() + " ").contains("\r\nConnection: close\r\n");
            assertThat(seen).containsExactly("GET /sentinel HTTP/1.1");
        }
    }

    /** Half-closes, so that the gateway answers what it was sent, and then closes. */
    private String forwarded(String message) throws IOException {
        try (var client = gateway.client()) {
            client.send(message);
            client.socket.shutdownOutput();
            return client.all();
        }
    }

    private static String message(WireTable.Row row) {
        var text = WireTable.bytes(row.text());
        var post = "POST /case HTTP/1.1\r\nHost: a\r\n";
        return switch (row.template()) {
            case "raw" -> text;
            case "line" -> text + "\r\nHost: a" + END;
            case "host" -> "GET /case HTTP/1.1\r\nHost: " + text + END;
            case "field" -> post + text + END + "0" + END;
            case "length" -> post + "Content-Length:" + text + END + "abcde";
            case "coding" -> post + "Transfer-Encoding:" + text + END + "0" + END;
            case "chunks" -> post + "Transfer-Encoding: chunked" + END + text;
            case "get" -> "GET /case HTTP/1.1\r\nHost: a\r\n" + text + END;
            default ->
                throw new IllegalArgumentException("template: " + row.template() + " (expected: raw, line, ...)");
        };
    }

    @Test
    void theTableIsWorthItsName() {
        var rows = rows();

        assertThat(rows).hasSizeGreaterThan(1000).doesNotHaveDuplicates();
    }

    /** A request that is cut into single bytes is the same request. */
    @Test
    void whatIsLegalStaysOneRequestByteByByte() {
        seen.clear();
        ambiguous.clear();
        var legal = rows().stream()
                .filter(row -> row.outcome().equals("one") && row.text().length() < 100)
                .toList();

        legal.forEach(row -> dribble(message(row)));

        assertThat(seen).hasSize(legal.size());
        assertThat(ambiguous).isEmpty();
    }

    private void dribble(String message) {
        try (var client = gateway.client()) {
            for (int i = 0; i < message.length(); i++) {
                client.send(message.substring(i, i + 1));
            }
            client.socket.shutdownOutput();
            assertThat(client.all()).contains("HTTP/1.1 200 OK\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
