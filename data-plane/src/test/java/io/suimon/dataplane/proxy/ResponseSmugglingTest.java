package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.WireTable;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Has an origin send every row of {@code smuggling/responses.txt}, and a client ask for something else behind it. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class ResponseSmugglingTest {

    private static final String STOLEN = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen";
    private static final String OWN = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecond";
    private static final Pattern FINAL = Pattern.compile("HTTP/1\\.1 [2-9]\\d\\d ");

    static List<WireTable.Row> rows() {
        return WireTable.read("/smuggling/responses.txt");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void noClientGetsWhatWasMeantForAnother(WireTable.Row row) throws Exception {
        try (var origin = new RawOrigin(connection -> serve(connection, WireTable.bytes(row.text()) + STOLEN));
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {

            client.send(row.template() + " /first HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "GET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            var answers = client.all();

            assertThat(answers).doesNotContain("stolen");
            int responses = (int) FINAL.matcher(answers).results().count();
            switch (row.outcome()) {
                case "bad" -> {
                    assertThat(answers.substring(FINAL.matcher(answers)
                                    .results()
                                    .findFirst()
                                    .orElseThrow()
                                    .start()))
                            .startsWith("HTTP/1.1 502 Bad Gateway\r\n");
                    assertThat(responses).isEqualTo(2);
                    assertThat(answers).endsWith("\r\n\r\nsecond");
                }
                case "cut" -> {
                    assertThat(responses).isEqualTo(1);
                    assertThat(answers).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("0\r\n\r\n");
                }
                default -> {
                    assertThat(responses).isEqualTo(2);
                    assertThat(answers).doesNotStartWith("HTTP/1.1 502").endsWith("\r\n\r\nsecond");
                    assertThat(origin.connections).hasValue(2);
                }
            }
        }
    }

    private static void serve(RawOrigin.Connection connection, String first) throws IOException {
        for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
            connection.send(head.contains(" /first ") ? first : OWN);
        }
    }
}
