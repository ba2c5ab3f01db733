package io.suimon.dataplane.directory;

import com.unboundid.util.LDAPSDKException;
import io.suimon.engine.directory.DirectoryAddress;
import io.suimon.engine.directory.DirectoryCredentials;
import io.suimon.engine.directory.DirectorySearch;
import io.suimon.engine.directory.DirectoryServer;
import io.suimon.engine.directory.DirectoryServer.KeepAlive;
import io.suimon.engine.directory.DirectoryServer.Security;
import io.suimon.engine.directory.Login;
import io.suimon.process.HeldPort;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DirectoryClientTest {

    private static final KeepAlive NONE = new KeepAlive("", 0, 1000);

    private TestDirectory directory;
    private DirectoryClient client;

    @BeforeEach
    void start() throws LDAPSDKException, IOException {
        directory = TestDirectory.start();
        client = TestClients.of(Map.of());
    }

    @AfterEach
    void stop() {
        client.close();
        directory.close();
    }

    private static DirectoryServer server(int port, int timeout, KeepAlive keepAlive) {
        return new DirectoryServer(new DirectoryAddress("127.0.0.1", port), Security.NONE, true, timeout, keepAlive);
    }

    private DirectoryServer server(KeepAlive keepAlive) {
        return server(directory.port(), 10_000, keepAlive);
    }

    private static DirectorySearch search(String attribute, int sizeLimit) {
        return new DirectorySearch(TestDirectory.SERVICE, "s3rvice", "dc=x", attribute, sizeLimit, 5);
    }

    private static DirectoryCredentials credentials(String user, String password) {
        return new DirectoryCredentials(user, password.getBytes(StandardCharsets.UTF_8));
    }

    private static Login answer(CompletionStage<Login> login) throws Exception {
        return login.toCompletableFuture().get(TestPatience.SECONDS, TimeUnit.SECONDS);
    }

    private Login bind(DirectoryServer server) throws Exception {
        return answer(client.bind(server, TestDirectory.JACK, "jack-secret".getBytes(StandardCharsets.UTF_8)));
    }

    private Login find(DirectorySearch search, String user, String password) throws Exception {
        return answer(client.find(server(NONE), search, credentials(user, password)));
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cn=jack,ou=users,dc=x   | jack-secret  | true
            CN=Jack, OU=Users, DC=x | jack-secret  | true
            cn=jäck,ou=users,dc=x   | jäck-secret  | true
            cn=jack,ou=users,dc=x   | jack-secre   | false
            cn=jack,ou=users,dc=x   | ``           | false
            cn=nobody,ou=users,dc=x | jack-secret  | false
            no name                 | jack-secret  | false
            ``                      | jack-secret  | false
            """)
    void bindsWithNameAndPassword(String dn, String password, boolean accepted) throws Exception {
        var login = answer(client.bind(server(NONE), dn, password.getBytes(StandardCharsets.UTF_8)));

        assertThat(login).isEqualTo(accepted ? new Login.Accepted(dn) : new Login.Refused());
    }

    @Test
    void anEmptyPasswordIsNotEvenSent() throws Exception {
        answer(client.bind(server(NONE), TestDirectory.JACK, new byte[0]));

        assertThat(directory.asked).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} with {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cn   | jack          | jack-secret | cn=jack,ou=users,dc=x
            mail | jack@x        | jack-secret | cn=jack,ou=users,dc=x
            cn   | jäck          | jäck-secret | cn=jäck,ou=users,dc=x
            cn   | jack          | wrong       |
            cn   | nobody        | jack-secret |
            mail | both@x        | ann-secret  |
            cn   | *             | jack-secret |
            cn   | jac*          | jack-secret |
            cn   | jack)(cn=*    | jack-secret |
            cn   | `*)(|(cn=jack)` | jack-secret |
            cn   | jack\\00      | jack-secret |
            cn   | \\2a          | jack-secret |
            """)
    void searchesForOneEntryAndBindsAsIt(String attribute, String user, String password, String dn) throws Exception {
        var login = find(search(attribute, 2), user, password);

        assertThat(login).isEqualTo(dn == null ? new Login.Refused() : new Login.Accepted(dn));
    }

    @Test
    void asksForNoMoreThanNames() throws Exception {
        find(search("cn", 7), "jack", "jack-secret");

        assertThat(directory.asked)
                .containsExactly(
                        "bind " + TestDirectory.SERVICE,
                        "search dc=x (cn=jack) size 7 time 5 attributes [1.1]",
                        "bind " + TestDirectory.JACK);
    }

    @Test
    void severalEntriesAreNoneWhetherTheDirectorySaysThereAreMoreOrNot() throws Exception {
        var all = new DirectorySearch(TestDirectory.SERVICE, "s3rvice", "dc=x", "objectClass", 2, 5);
        var allAndMore = new DirectorySearch(TestDirectory.SERVICE, "s3rvice", "dc=x", "objectClass", 100, 5);

        assertThat(find(all, "person", "jack-secret")).isEqualTo(new Login.Refused());
        assertThat(find(allAndMore, "person", "jack-secret")).isEqualTo(new Login.Refused());
        assertThat(directory.asked).noneMatch(asked -> asked.contains("cn=jack"));
    }

    @Test
    void whoMayNotSearchIsNotTheUsersFault() throws Exception {
        var wrong = new DirectorySearch(TestDirectory.SERVICE, "wrong", "dc=x", "cn", 2, 5);
        var anonymous = new DirectorySearch(null, null, "dc=x", "cn", 2, 5);
        var nowhere = new DirectorySearch(TestDirectory.SERVICE, "s3rvice", "dc=nowhere", "cn", 2, 5);

        assertThat(find(wrong, "jack", "jack-secret")).isEqualTo(new Login.Unavailable());
        assertThat(find(anonymous, "jack", "jack-secret")).isEqualTo(new Login.Unavailable());
        assertThat(find(nowhere, "jack", "jack-secret")).isEqualTo(new Login.Unavailable());
        assertThat(client.failed()).isEqualTo(3);
    }

    @Test
    void aConnectionServesOneLoginAfterTheOther() throws Exception {
        for (int i = 0; i < 3; i++) {
            bind(server(KeepAlive.DEFAULT));
        }

        assertThat(directory.connections).hasSize(1);
        assertThat(client.idleConnections()).isEqualTo(1);
    }

    @Test
    void aRefusedLoginDoesNotCostTheConnection() throws Exception {
        answer(client.bind(server(KeepAlive.DEFAULT), TestDirectory.JACK, new byte[] {'x'}));
        bind(server(KeepAlive.DEFAULT));

        assertThat(directory.connections).hasSize(1);
    }

    @Test
    void whereNoneAreKeptEachLoginHasItsOwn() throws Exception {
        bind(server(NONE));
        bind(server(NONE));

        assertThat(directory.connections).hasSize(2);
        assertThat(client.idleConnections()).isZero();
        assertThat(client.directories()).isZero();
    }

    @Test
    void poolsOfOtherNamesAreApart() throws Exception {
        bind(server(new KeepAlive("a", 5, 60_000)));
        bind(server(new KeepAlive("b", 5, 60_000)));
        bind(server(new KeepAlive("a", 1, 10_000)));

        assertThat(directory.connections).hasSize(2);
        assertThat(client.directories()).isEqualTo(2);
    }

    @Test
    void aPoolHasASize() throws Exception {
        var logins = new ArrayList<CompletableFuture<Login>>();
        for (int i = 0; i < 20; i++) {
            logins.add(client.find(server(new KeepAlive("", 2, 60_000)), search("cn", 2), credentials("jack", "x"))
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(logins.toArray(CompletableFuture[]::new)).get(TestPatience.SECONDS, TimeUnit.SECONDS);

        assertThat(client.idleConnections()).isBetween(1, 2);
    }

    @Test
    void idleConnectionsAreClosedAndTheirDirectoryForgotten() throws Exception {
        bind(server(new KeepAlive("", 5, 1)));

        await().until(() -> client.idleConnections() == 0 && client.directories() == 0);
    }

    @Test
    void nothingIsKeptLongerThanTheNodeLets() throws Exception {
        try (var impatient = TestClients.of(Map.of("suimon.directory.max-idle-time", "PT0.01S"))) {
            answer(impatient.bind(server(KeepAlive.DEFAULT), TestDirectory.JACK, new byte[] {'x'}));

            await().until(() -> impatient.directories() == 0);
        }
    }

    @Test
    void aKeptConnectionThatTheDirectoryClosedIsReplaced() throws Exception {
        bind(server(KeepAlive.DEFAULT));
        directory.hangUp();

        var login = bind(server(KeepAlive.DEFAULT));

        assertThat(login).isEqualTo(new Login.Accepted(TestDirectory.JACK));
        assertThat(directory.connections).hasSize(2);
    }

    @Test
    void aConnectionOfAnotherUserIsNotTheirs() throws Exception {
        var server = server(KeepAlive.DEFAULT);

        bind(server);
        var wrong = answer(client.find(server, search("cn", 2), credentials("jack", "wrong")));
        var right = answer(client.find(server, search("cn", 2), credentials("jack", "jack-secret")));

        assertThat(wrong).isEqualTo(new Login.Refused());
        assertThat(right).isEqualTo(new Login.Accepted(TestDirectory.JACK));
        assertThat(directory.connections).hasSize(1);
    }

    @Test
    void aDirectoryThatIsNotThereHasNothingToSay() throws Exception {
        try (var nobody = new HeldPort()) {

            assertThat(bind(server(nobody.number(), 10_000, NONE))).isEqualTo(new Login.Unavailable());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody.invalid", "host:99999", "a b"})
    void aHostNobodyKnowsHasNothingToSay(String host) throws Exception {
        var server = new DirectoryServer(new DirectoryAddress(host, 389), Security.NONE, true, 300, NONE);

        var login = bind(server);

        assertThat(login).isEqualTo(new Login.Unavailable());
    }

    @Test
    void aDirectoryThatHangsUpHasNothingToSay() throws Exception {
        try (var closing = BrokenDirectory.closing()) {
            assertThat(bind(server(closing.port(), 10_000, KeepAlive.DEFAULT))).isEqualTo(new Login.Unavailable());
        }
    }

    @Test
    void aDirectoryThatSpeaksAnotherProtocolHasNothingToSay() throws Exception {
        try (var web = BrokenDirectory.saying("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                var huge = BrokenDirectory.saying(
                        (byte) 0x30, (byte) 0x84, (byte) 0x7f, (byte) 0xff, (byte) -1, (byte) 0)) {
            assertThat(bind(server(web.port(), 500, NONE))).isEqualTo(new Login.Unavailable());
            assertThat(bind(server(huge.port(), 500, NONE))).isEqualTo(new Login.Unavailable());
        }
    }

    @Test
    void aDirectoryThatHangsIsNotWaitedForLongerThanSaid() throws Exception {
        try (var hanging = BrokenDirectory.hanging()) {
            var login = bind(server(hanging.port(), 200, KeepAlive.DEFAULT));

            assertThat(login).isEqualTo(new Login.Unavailable());
            await().until(() -> hanging.open() == 0 && client.directories() == 0);
        }
    }

    @Test
    void aDirectoryThatNeverEndsItsAnswerIsCutOff() throws Exception {
        try (var dripping = BrokenDirectory.dripping();
                var impatient = TestClients.of(Map.of("suimon.directory.max-login-time", "PT0.3S"))) {
            var server = server(dripping.port(), 10_000, NONE);

            var login = answer(impatient.bind(server, TestDirectory.JACK, new byte[] {'x'}));

            assertThat(login).isEqualTo(new Login.Unavailable());
            await().until(() -> dripping.open() == 0 && impatient.directories() == 0);
        }
    }

    @Test
    void loginsBeyondALimitAreToldSoAtOnceAndLeaveRoomForOtherDirectories() throws Exception {
        try (var hanging = BrokenDirectory.hanging();
                var small = TestClients.of(Map.of("suimon.directory.max-logins-per-directory", "2"))) {
            var server = server(hanging.port(), 30_000, NONE);
            var waiting = List.of(
                    small.bind(server, TestDirectory.JACK, new byte[] {'x'}),
                    small.bind(server, TestDirectory.JACK, new byte[] {'x'}));

            var beyond =
                    small.bind(server, TestDirectory.JACK, new byte[] {'x'}).toCompletableFuture();
            var elsewhere = answer(small.bind(server(NONE), TestDirectory.JACK, new byte[] {'x'}));

            assertThat(beyond).isCompletedWithValue(new Login.Overloaded());
            assertThat(elsewhere).isEqualTo(new Login.Refused());
            assertThat(small.overloaded()).isEqualTo(1);
            assertThat(waiting).noneMatch(login -> login.toCompletableFuture().isDone());
        }
    }

    @Test
    void thereIsALimitForAllDirectoriesAndRoomAgainAfterwards() throws Exception {
        try (var small = TestClients.of(Map.of("suimon.directory.max-logins", "1"));
                var hanging = BrokenDirectory.hanging()) {
            var first = small.bind(server(hanging.port(), 2_000, NONE), TestDirectory.JACK, new byte[] {'x'});

            var beyond = answer(small.bind(server(NONE), TestDirectory.JACK, new byte[] {'x'}));
            answer(first);

            assertThat(beyond).isEqualTo(new Login.Overloaded());
            await().until(() -> answer(small.bind(server(NONE), TestDirectory.JACK, new byte[] {'x'}))
                    .equals(new Login.Refused()));
        }
    }

    @Test
    void aClosedClientKeepsAndBeginsNothing() throws Exception {
        bind(server(KeepAlive.DEFAULT));

        client.close();

        assertThat(client.idleConnections()).isZero();
        assertThat(bind(server(KeepAlive.DEFAULT))).isEqualTo(new Login.Overloaded());
    }
}
