package io.suimon.dataplane.discovery.dns;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import io.suimon.dataplane.discovery.DiscoverySettings;
import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.listener.Network;
import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.DnsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Services as a real DNS server has them. */
class DnsRegistryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String[] HOSTS = {
        "127.0.0.2 one.test", "127.0.0.3 two.test", "127.0.0.4 two.test", "fd00::6 six.test",
    };
    private static final List<String> OPTIONS = List.of(
            "--local-ttl=1",
            "--srv-host=_web._tcp.test,one.test,8001,10,5",
            "--srv-host=_web._tcp.test,two.test,8002,20,0",
            "--srv-host=_six._tcp.test,six.test,8006,0,1",
            "--srv-host=_gone._tcp.test,gone.test,8001,0,1",
            "--srv-host=_nowhere._tcp.test",
            "--srv-host=both.test,one.test,8001,0,1",
            "--host-record=both.test,127.0.0.9",
            "--cname=alias.test,one.test");

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>(Map.of("discovery.dns.timeout", "1s"));
    private final SinkLog sink = new SinkLog();
    private DnsServer server;
    private Registry registry;

    @BeforeEach
    void start() throws IOException {
        server = DnsServer.start(folder, OPTIONS, HOSTS);
        settings.put("discovery.dns.servers", server.address());
        registry = open();
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private Registry open() {
        return DnsRegistry.open(DiscoverySettings.dns(settings), Network.of(DiscoverySettings.traffic()))
                .orElseThrow();
    }

    private void set(String name, String value) {
        settings.put("discovery.dns." + name, value);
        registry.close();
        registry = open();
    }

    private void restart(List<String> options, String... hosts) throws IOException {
        server.close();
        server = server.again(options, hosts);
    }

    private void follow(String name) {
        var unused = registry.watch(new Discovery("dns", name, null, null, Map.of()), sink);
    }

    private void awaitPlaces(String... places) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.places()).containsExactly(places));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // SRV gives host, port, weight as given, priority = -srv priority
        "_web._tcp.test, 127.0.0.2:8001 5 -10 | 127.0.0.3:8002 0 -20 | 127.0.0.4:8002 0 -20",
        "_six._tcp.test, fd00:0:0:0:0:0:0:6:8006 1 0",
        // A records use the given port or the scheme's
        "one.test:8080,  127.0.0.2:8080 1 0",
        "one.test,       127.0.0.2:0 1 0",
        "ONE.TEST.:81,   127.0.0.2:81 1 0",
        "two.test:8080,  127.0.0.3:8080 1 0 | 127.0.0.4:8080 1 0",
        "six.test:8080,  fd00:0:0:0:0:0:0:6:8080 1 0",
        // SRV is asked for before A
        "both.test:8080, 127.0.0.2:8001 1 0",
        "alias.test:81,  127.0.0.2:81 1 0",
        // a target without address, decidedly no service, no such name
        "_gone._tcp.test,    ''",
        "_nowhere._tcp.test, ''",
        "none.test,          ''",
    })
    void findsWhatAServiceHas(String name, String places) throws IOException {
        follow(name);

        awaitPlaces(
                Stream.of(places.split(" \\| ")).filter(one -> !one.isEmpty()).toArray(String[]::new));
    }

    @ParameterizedTest(name = "order {0}: {1}")
    @CsvSource({
        "'SRV,A', 127.0.0.2:8001 1 0",
        "'A,SRV', 127.0.0.9:0 1 0",
        "'last,a', 127.0.0.9:0 1 0",
    })
    void theOrderOfKindsIsASetting(String order, String place) throws IOException {
        set("order", order);
        follow("both.test");

        awaitPlaces(place);
    }

    @Test
    void theKindThereWasTheLastTimeIsAskedForFirst() throws IOException {
        set("order", "last,SRV,A");
        restart(List.of("--local-ttl=1", "--host-record=both.test,127.0.0.9"));
        follow("both.test");
        awaitPlaces("127.0.0.9:0 1 0");

        restart(OPTIONS, HOSTS); // SRV records, too
        int answers = sink.answers.get();

        await().atMost(PATIENCE).until(() -> sink.answers.get() > answers + 1);
        assertThat(sink.places()).containsExactly("127.0.0.9:0 1 0");
    }

    @Test
    void followsChangesWhenAnAnswerExpires() throws IOException {
        follow("one.test:80");
        awaitPlaces("127.0.0.2:80 1 0");

        server.change("127.0.0.7 one.test");

        awaitPlaces("127.0.0.7:80 1 0");
    }

    @ParameterizedTest(name = "{0}, and not sooner than {1}")
    @CsvSource({"max-ttl, 1s", "min-ttl, 100ms"})
    void boundsOfTheTimeToLiveAreKept(String setting, String value) throws IOException {
        set(setting, value);
        restart(List.of("--local-ttl=" + (setting.equals("max-ttl") ? 3600 : 0)), HOSTS);

        follow("one.test");

        await().atMost(PATIENCE).until(() -> sink.answers.get() >= 3);
    }

    @Test
    void aNameThatDoesNotExistIsAskedForAgain() throws IOException {
        set("negative-ttl", "200ms");
        follow("late.test");
        awaitPlaces();

        server.change("127.0.0.7 late.test");

        awaitPlaces("127.0.0.7:0 1 0");
    }

    @Test
    void aServerThatIsGoneOrFrozenIsAFailureAndOneThatIsBackIsHeard() throws IOException {
        follow("one.test");
        awaitPlaces("127.0.0.2:0 1 0");

        server.freeze();
        await().atMost(PATIENCE).until(() -> sink.failure.endsWith("does not answer"));
        assertThat(sink.places()).containsExactly("127.0.0.2:0 1 0");
        server.close();
        int failures = sink.failures.get();
        await().atMost(PATIENCE).until(() -> sink.failures.get() > failures);
        server = server.again(OPTIONS, "127.0.0.8 one.test");

        awaitPlaces("127.0.0.8:0 1 0");
        assertThat(sink.failure).isEmpty();
    }

    @Test
    void theNextServerIsAskedWhenOneIsGone() throws IOException {
        set("servers", "127.0.0.1:9," + server.address());

        follow("one.test");

        awaitPlaces("127.0.0.2:0 1 0");
    }

    @Test
    void whatDoesNotFitIntoADatagramIsAskedForOnAConnection() throws IOException {
        var many = IntStream.range(0, 300)
                .mapToObj(i -> "127.1.%d.%d many.test".formatted(i / 200, i % 200 + 1))
                .toArray(String[]::new);
        restart(OPTIONS, many);

        follow("many.test");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.places()).hasSize(300));
    }

    @Test
    void serversCanBeReadFromAFile() throws IOException {
        var file = Files.writeString(
                folder.resolve("resolv.conf"),
                "search x\n# nameserver 10.0.0.1\nnameserver 127.0.0.53\nnameserver ::1\noptions ndots:5\n");
        settings.remove("discovery.dns.servers");
        settings.put("discovery.dns.resolv-conf", file.toString());

        var servers = DnsServers.of(DiscoverySettings.dns(settings));

        assertThat(servers.toString()).isEqualTo("[/127.0.0.53:53, /[0:0:0:0:0:0:0:1]:53]");
    }

    @Test
    void otherServersAreAskedFromWhenTheyAreNamed() throws Exception {
        var network = Network.of(DiscoverySettings.traffic());
        var group = network.transport().group(1, "test");
        var loop = group.next();
        try (var former = new ScriptedDns().says("A a.test.", ScriptedDns.error(ScriptedDns.NXDOMAIN));
                var later = new ScriptedDns().says("A a.test.", ScriptedDns.error(ScriptedDns.NXDOMAIN))) {
            var client =
                    new DnsClient(loop, network.transport(), List.of(NameResolver.server(former.address())), PATIENCE);
            ask(loop, client);

            loop.submit(() -> client.use(List.of(NameResolver.server(later.address()))))
                    .get();
            var reply = ask(loop, client);

            assertThat(reply).isInstanceOf(Reply.Said.class);
            assertThat(former.questions).hasSize(1);
            assertThat(later.questions).hasSize(1);
            loop.submit(client::close).get();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static Reply ask(EventLoop loop, DnsClient client) {
        var reply = new CompletableFuture<Reply>();
        loop.execute(() -> {
            var unused = client.ask("a.test.", DnsRecordType.A).thenAccept(reply::complete);
        });
        return reply.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void whatIsNoServiceNameIsAFailure() throws IOException {
        follow("a b:x");

        assertThat(sink.failure)
                .isEqualTo("service_name: a b:x (expected: host[:port],"
                        + " such as _http._tcp.example.com or example.com:8080)");
    }

    @Test
    void manyServicesAreFollowedAFewAtATime() throws IOException {
        set("max-lookups", "2");
        var sinks = IntStream.range(0, 50).mapToObj(i -> new SinkLog()).toList();

        for (var one : sinks) {
            var unused = registry.watch(new Discovery("dns", "_web._tcp.test", null, null, Map.of()), one);
        }

        await().atMost(PATIENCE).until(() -> sinks.stream().allMatch(one -> one.answers.get() >= 2));
    }
}
