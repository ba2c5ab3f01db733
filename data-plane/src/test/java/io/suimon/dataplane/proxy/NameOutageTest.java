package io.suimon.dataplane.proxy;

import io.suimon.process.DnsServer;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The name servers die under traffic. */
class NameOutageTest {

    /** Names are good for one. */
    private static final Duration SEVERAL_LIVES = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    @Test
    void requestsGoOnWhileNoServerAnswersAndFollowTheNameAfterwards() throws IOException {
        var answers = new ArrayList<String>();
        try (var dns = DnsServer.start(folder, "127.0.0.1 one.test");
                var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                var gateway = new TestGateway()
                        .set("dns.servers", dns.address())
                        .route("\"upstream\":{\"nodes\":{\"one.test:" + origin.port() + "\":1}}")
                        .start()) {
            await().until(() -> answer(gateway).equals("HTTP/1.1 200"));

            dns.freeze();
            await().atMost(Duration.ofSeconds(TestPatience.SECONDS))
                    .during(SEVERAL_LIVES)
                    .until(() -> answers.add(answer(gateway)));
            dns.change("127.0.0.9 one.test");
            dns.thaw();
            var moved = await().atMost(Duration.ofSeconds(TestPatience.SECONDS))
                    .until(() -> answer(gateway), answer -> !answer.equals("HTTP/1.1 200"));

            assertThat(List.copyOf(answers)).isNotEmpty().containsOnly("HTTP/1.1 200");
            assertThat(moved).isEqualTo("HTTP/1.1 502");
        }
    }

    private static String answer(TestGateway gateway) throws IOException {
        return gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                .substring(0, "HTTP/1.1 200".length());
    }
}
