package io.suimon.dataplane.upstream;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.suimon.process.DnsServer;
import io.suimon.process.InvalidSettingException;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class NameResolverTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration A_DAY = Duration.ofDays(1);

    /** Names are good for a second and servers have two to answer: several of these fit in, on a busy machine, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final NameHealth health = new NameHealth();

    @TempDir
    Path folder;

    private DnsServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = DnsServer.start(
                folder,
                "127.0.0.2 one.test",
                "127.0.0.3 two.test",
                "127.0.0.4 two.test",
                "::2 two.test",
                "::6 six.test");
    }

    @AfterEach
    void stop() {
        server.close();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "one.test,  127.0.0.2",
        "two.test,  127.0.0.3 127.0.0.4 0:0:0:0:0:0:0:2",
        "six.test,  0:0:0:0:0:0:0:6",
        "none.test, ''",
    })
    void findsAddressesOfBothFamilies(String name, String addresses) {
        var names = resolver(A_DAY, server.address());

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(ask(names, "one.test")).isNotEmpty()); // the server takes a moment to start

        assertThat(ask(names, name))
                .containsExactlyInAnyOrder(Stream.of(addresses.split(" "))
                        .filter(each -> !each.isEmpty())
                        .toArray(String[]::new));
    }

    @Test
    void looksIntoTheHostsFileFirst() {
        var names = resolver(A_DAY, "127.0.0.1:9");

        assertThat(ask(names, "localhost")).contains("127.0.0.1");
    }

    @Test
    void asksTheNextServerWhenTheFirstIsGone() {
        var names = resolver(A_DAY, "127.0.0.1:9", server.address());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(names, "one.test")).containsExactly("127.0.0.2"));
    }

    @Test
    void takesUpAChangeWhenTheAnswerHasExpired() throws IOException {
        var names = resolver(A_DAY, server.address());
        await().atMost(PATIENCE).until(() -> ask(names, "one.test").equals(List.of("127.0.0.2")));

        server.change("127.0.0.9 one.test");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(names, "one.test")).containsExactly("127.0.0.9"));
    }

    @Test
    void goesOnWithWhatItKnewWhileNoServerAnswers() throws IOException {
        var names = resolver(A_DAY, server.address());
        await().atMost(PATIENCE).until(() -> ask(names, "one.test").equals(List.of("127.0.0.2")));

        server.freeze();
        await().atMost(PATIENCE)
                .until(() -> ask(names, "one.test").equals(List.of("127.0.0.2")) && health.stale() >= 3);
        await().atMost(PATIENCE).until(() -> health.failures() > 0);
        server.change("127.0.0.9 one.test");
        server.thaw();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(names, "one.test")).containsExactly("127.0.0.9"));
    }

    @Test
    void makesNoRequestWaitForAServerThatDoesNotAnswer() throws IOException {
        var names = resolver(LONG_TIMEOUT, A_DAY, server.address());
        await().atMost(PATIENCE).until(() -> ask(names, "one.test").equals(List.of("127.0.0.2")));
        server.freeze();
        await().atMost(PATIENCE).until(() -> ask(names, "one.test").equals(List.of("127.0.0.2")) && health.stale() > 0);

        long begin = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            ask(names, "one.test");
        }

        // Each second one of them waits for the patience of 200 ms; none for the timeout.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG_TIMEOUT);
    }

    @Test
    void asksOnceForAllWhoWaitForTheSameName() throws Exception {
        var names = resolver(LONG_TIMEOUT, A_DAY, server.address());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(names, "two.test")).isNotEmpty());
        var answered = new CountDownLatch(100);

        loops.next()
                .submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        names.resolve("one.test", found -> answered.countDown());
                    }
                })
                .get();

        assertThat(answered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.questions("one.test")).isEqualTo(1);
    }

    @Test
    void believesThatANameIsGone() throws IOException {
        var names = resolver(A_DAY, server.address());
        await().atMost(PATIENCE).until(() -> ask(names, "one.test").equals(List.of("127.0.0.2")));

        server.change("127.0.0.3 two.test");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(names, "one.test")).isEmpty());
        assertThat(health.failures()).isZero();
    }

    @Test
    void knowsNothingFromBeforeWhereItMayNot() throws IOException {
        var names = resolver(Duration.ZERO, server.address());
        await().atMost(PATIENCE).until(() -> ask(names, "one.test").equals(List.of("127.0.0.2")));

        server.freeze();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(names, "one.test")).isEmpty());
        assertThat(health.stale()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.53,       10.0.0.53,       53",
        "10.0.0.53:5353,  10.0.0.53,       5353",
        "fd00::53,        fd00:0:0:0:0:0:0:53, 53",
        "[fd00::53],      fd00:0:0:0:0:0:0:53, 53",
        "[fd00::53]:5353, fd00:0:0:0:0:0:0:53, 5353",
    })
    void readsServers(String text, String address, int port) {
        assertThat(NameResolver.server(text)).isEqualTo(new InetSocketAddress(address, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "dns.test", "10.0.0.53:", "10.0.0.53:0", "10.0.0.53:65536", "10.0.0.53:x", ":53", "1.2.3:53"
            })
    void refusesWhatIsNoServer(String text) {
        assertThatThrownBy(() -> NameResolver.server(text))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("suimon.traffic.dns.servers: " + text
                        + " (expected: an address such as 10.0.0.53 or [fd00::53]:5353)");
    }

    @ParameterizedTest(name = "{0}: {1} (expected: {2})")
    @CsvSource({
        "timeout,      PT0S,  at least PT0.001S,      PT0S,  1,  300, 1,  PT0S,  PT0S",
        "min-ttl,      -1,    0 or more,              PT1S,  -1, 300, 1,  PT0S,  PT0S",
        "max-ttl,      0,     'at least 1 and min-ttl, 0', PT1S, 0, 0, 1, PT0S,  PT0S",
        "max-ttl,      300,   'at least 1 and min-ttl, 500', PT1S, 500, 300, 1, PT0S, PT0S",
        "negative-ttl, -1,    0 or more,              PT1S,  1,  300, -1, PT0S,  PT0S",
        "patience,     PT-1S, 0 or more,              PT1S,  1,  300, 1,  PT-1S, PT0S",
        "stale,        PT-1S, 0 or more,              PT1S,  1,  300, 1,  PT0S,  PT-1S",
    })
    void refusesBoundsThatAreNone(
            String setting,
            String value,
            String expected,
            Duration timeout,
            int min,
            int max,
            int negative,
            Duration patience,
            Duration stale) {
        assertThatThrownBy(() -> new DnsSettings(List.of(), false, timeout, min, max, negative, patience, stale))
                .hasMessage("suimon.traffic.dns." + setting + ": " + value + " (expected: " + expected + ")");
    }

    private NameResolver resolver(Duration stale, String... servers) {
        return resolver(TIMEOUT, stale, servers);
    }

    private NameResolver resolver(Duration timeout, Duration stale, String... servers) {
        var settings = new DnsSettings(
                Stream.of(servers).map(NameResolver::server).toList(),
                false,
                timeout,
                0,
                300,
                0,
                Duration.ofMillis(200),
                stale);
        return new NameResolver(loops.next(), NioDatagramChannel.class, settings, health);
    }

    private List<String> ask(NameResolver names, String name) {
        var found = new CompletableFuture<List<InetAddress>>();
        loops.execute(() -> names.resolve(name, found::complete));
        return found.orTimeout(TestPatience.SECONDS, TimeUnit.SECONDS).join().stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
