package io.suimon.dataplane.discovery.dns;

import io.suimon.dataplane.discovery.DiscoverySettings;
import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.listener.Network;
import io.suimon.engine.resource.Upstream.Discovery;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.suimon.dataplane.discovery.dns.ScriptedDns.a;
import static io.suimon.dataplane.discovery.dns.ScriptedDns.answer;
import static io.suimon.dataplane.discovery.dns.ScriptedDns.cname;
import static io.suimon.dataplane.discovery.dns.ScriptedDns.error;
import static io.suimon.dataplane.discovery.dns.ScriptedDns.record;
import static io.suimon.dataplane.discovery.dns.ScriptedDns.srv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Servers that fail, lie and lead astray. */
class HostileDnsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ScriptedDns.Answer NOTHING = answer();

    private final SinkLog sink = new SinkLog();
    private ScriptedDns server;
    private Registry registry;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedDns();
        server.says("SRV s.test.", NOTHING)
                .says("A s.test.", NOTHING)
                .says("AAAA s.test.", NOTHING)
                .says("CNAME s.test.", NOTHING);
        var settings = Map.of("discovery.dns.servers", server.address(), "discovery.dns.timeout", "300ms");
        registry = DnsRegistry.open(DiscoverySettings.dns(settings), Network.of(DiscoverySettings.traffic()))
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private void follow() {
        var unused = registry.watch(new Discovery("dns", "s.test", null, null, Map.of()), sink);
    }

    private void awaitPlaces(String... places) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.places()).containsExactly(places));
    }

    private void awaitFailure(String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.failure).contains(part));
    }

    @ParameterizedTest(name = "code {0}")
    @ValueSource(ints = {ScriptedDns.SERVFAIL, ScriptedDns.REFUSED, 4})
    void anErrorIsNoAnswer(int error) {
        server.says("A s.test.", answer(a("s.test", 1, 127, 0, 0, 2)));
        follow();
        awaitPlaces("127.0.0.2:0 1 0");

        for (var kind : new String[] {"SRV", "A", "AAAA", "CNAME"}) {
            server.says(kind + " s.test.", error(error));
        }

        awaitFailure(" answers ");
        assertThat(sink.places()).containsExactly("127.0.0.2:0 1 0");
    }

    @Test
    void thatThereIsNoSuchNameIsBelieved() {
        server.says("A s.test.", answer(a("s.test", 1, 127, 0, 0, 2)));
        follow();
        awaitPlaces("127.0.0.2:0 1 0");

        server.says("A s.test.", error(ScriptedDns.NXDOMAIN));

        awaitPlaces();
        assertThat(sink.failures).hasValue(0);
    }

    @Test
    void aServerThatKnowsNoSrvRecordsIsAskedForAddresses() {
        server.says("SRV s.test.", error(4)).says("A s.test.", answer(a("s.test", 1, 127, 0, 0, 2)));

        follow();

        awaitPlaces("127.0.0.2:0 1 0");
    }

    @Test
    void aTargetNobodySaysAnythingAboutMakesTheWholeUnknown() {
        server.says("SRV s.test.", answer(srv("s.test", 1, 1, 81, "one.test"), srv("s.test", 1, 1, 82, "two.test")))
                .says("A one.test.", answer(a("one.test", 1, 127, 0, 0, 2)))
                .says("A two.test.", error(ScriptedDns.SERVFAIL));

        follow();

        awaitFailure("target two.test.: ");
        assertThat(sink.places()).containsExactly("nothing yet");
    }

    @Test
    void addressesThatAnAnswerBringsAlongAreNotAskedFor() {
        server.says("SRV s.test.", answer(srv("s.test", 3, 7, 81, "One.Test")).and(a("one.test", 1, 127, 0, 0, 2)));

        follow();

        awaitPlaces("127.0.0.2:81 7 -3");
        assertThat(server.questions).containsOnly("SRV s.test.");
    }

    @Test
    void addressesOfOthersAreNotBelieved() {
        server.says("A s.test.", answer(a("other.test", 1, 127, 0, 0, 66), a("s.test", 1, 127, 0, 0, 2)))
                .says("SRV s.test.", answer(srv("other.test", 1, 1, 81, "other.test")));

        follow();

        awaitPlaces("127.0.0.2:0 1 0");
    }

    @Test
    void anAnswerToAnotherQuestionIsNone() {
        server.says("SRV s.test.", answer(a("s.test", 1, 127, 0, 0, 66)).toAnother("other.test"));

        follow();

        awaitFailure("does not answer");
    }

    @Test
    void aliasesThatTheServerDoesNotFollowAreFollowed() {
        server.says("A s.test.", answer(cname("s.test", "t.test")))
                .says("A t.test.", answer(cname("t.test", "u.test")))
                .says("A u.test.", answer(a("u.test", 1, 127, 0, 0, 2)));

        follow();

        awaitPlaces("127.0.0.2:0 1 0");
    }

    @Test
    void anAliasThatIsAskedForAsSuchIsFollowed() {
        server.says("CNAME s.test.", answer(cname("s.test", "t.test")))
                .says("SRV t.test.", NOTHING)
                .says("A t.test.", answer(a("t.test", 1, 127, 0, 0, 2)));

        follow();

        awaitPlaces("127.0.0.2:0 1 0");
    }

    @Test
    void aCircleOfAliasesEnds() {
        server.says("A s.test.", answer(cname("s.test", "t.test")))
                .says("A t.test.", answer(cname("t.test", "s.test")))
                .says("AAAA s.test.", answer(cname("s.test", "s.test")));

        follow();

        awaitFailure("too many aliases");
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 3, 5, 16})
    void anAddressOfAnotherLengthIsNone(int bytes) {
        server.says("A s.test.", answer(a("s.test", 1, new int[bytes]), a("s.test", 1, 127, 0, 0, 2)));

        follow();

        awaitPlaces("127.0.0.2:0 1 0");
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 5, 6, 7})
    void aPlaceThatIsCutOffIsNone(int bytes) {
        var cutOff = new byte[bytes];
        Arrays.fill(cutOff, (byte) 63);
        server.says(
                "SRV s.test.",
                answer(record("s.test", 33, 1, cutOff), srv("s.test", 0, 1, 81, "one.test"))
                        .and(a("one.test", 1, 127, 0, 0, 2)));

        follow();

        awaitPlaces("127.0.0.2:81 1 0");
    }

    @Test
    void aNameThatPointsToItselfIsNone() {
        server.says(
                "SRV s.test.",
                answer(
                                record("s.test", 33, 1, new byte[] {0, 1, 0, 1, 0, 81, (byte) 0xc0, 0x30}),
                                srv("s.test", 0, 1, 81, "one.test"))
                        .and(a("one.test", 1, 127, 0, 0, 2)));

        follow();

        awaitPlaces("127.0.0.2:81 1 0");
    }
}
