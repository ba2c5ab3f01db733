package io.suimon.dataplane.proxy;

import com.unboundid.util.LDAPSDKException;
import io.suimon.dataplane.directory.DirectoryClient;
import io.suimon.dataplane.directory.TestClients;
import io.suimon.dataplane.directory.TestDirectory;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.HeldPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The LDAP plugins on the way of a request: a client, the node, a directory and an upstream, all by sockets. */
class LdapAuthTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @TempDir
    static Path folder;

    private static TestAuthority trusted;
    private static TestDirectory directory;
    private static DirectoryClient client;

    @BeforeAll
    static void start() throws LDAPSDKException, IOException, GeneralSecurityException {
        trusted = TestAuthority.in(folder, "trusted");
        directory = TestDirectory.start(trusted.client(trusted.sign("localhost")));
        client = TestClients.of(Map.of(
                "suimon.tls.upstream.trusted-certificates",
                trusted.certificateFile().toString()));
    }

    @AfterAll
    static void stop() {
        client.close();
        directory.close();
    }

    private static PluginServices services() {
        var nothing = PluginServices.forAdmission();
        return new PluginServices(
                nothing.clock(),
                nothing.nanoTime(),
                nothing.random(),
                nothing.counters(),
                nothing.metrics(),
                client,
                nothing.httpsPort());
    }

    private static TestGateway gateway(String plugin, String config, int upstream) throws IOException {
        return new TestGateway()
                .with(services())
                .resource(
                        ResourceKind.CONSUMER,
                        "jack",
                        "{\"username\":\"jack\",\"plugins\":{\"" + plugin + "\":{\"user_dn\":\"" + TestDirectory.JACK
                                + "\"},\"response-rewrite\":{\"headers\":{\"set\":{\"X-For\":\"jack\"}}}}}")
                .route("\"plugins\":{\"" + plugin + "\":" + config + "}," + TestGateway.upstream(upstream))
                .start();
    }

    private static String simple(String more) {
        return "{\"ldap_uri\":\"localhost:" + directory.port() + "\",\"base_dn\":\"ou=users,dc=x\"" + more + "}";
    }

    private static String searching(int port, String more) {
        return "{\"ldap_uri\":\"localhost:" + port + "\",\"base_dn\":\"dc=x\",\"bind_dn\":\"" + TestDirectory.SERVICE
                + "\",\"ldap_password\":\"s3rvice\"" + more + "}";
    }

    private static String get(String scheme, String credentials) {
        var encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Consumer-Username: root\r\nAuthorization: "
                + scheme + " " + encoded + "\r\n\r\n";
    }

    @Test
    void letsInWhomTheDirectoryAndAConsumerKnow() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway("ldap-auth", simple(",\"hide_credentials\":true"), origin.port())) {

            var answer = gateway.exchange(get("Basic", "jack:jack-secret"));

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\nX-For: jack\r\n");
            assertThat(origin.heads.getFirst())
                    .containsOnlyOnce("X-Consumer-Username: jack\r\n")
                    .doesNotContain("root", "Authorization");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            jack:wrong                | Invalid user authorization
            ann:ann-secret            | Invalid user authorization
            nobody:x                  | Invalid user authorization
            *:jack-secret             | Invalid user authorization
            jack,ou=users:jack-secret | Invalid user authorization
            jack+sn=jack:jack-secret  | Invalid user authorization
            jack:                     | Invalid authorization in request
            :x                        | Invalid authorization in request
            """)
    void refusesOthers(String credentials, String message) throws Exception {
        try (var gateway = gateway("ldap-auth", simple(""), 1)) {

            var answer = gateway.exchange(get("Basic", credentials));

            assertThat(answer)
                    .startsWith("HTTP/1.1 401 Unauthorized\r\n")
                    .contains("\r\nWWW-Authenticate: Basic realm=\"ldap\"\r\n", "{\"message\":\"" + message + "\"}");
        }
    }

    @Test
    void searchesAndLetsIn() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway(
                        "ldap-auth-advanced", searching(directory.port(), ",\"attribute\":\"mail\""), origin.port())) {

            var answer = gateway.exchange(get("ldap", "jack@x:jack-secret"));
            var forProxies = gateway.exchange(
                    get("ldap", "jack@x:jack-secret").replace("\r\nAuthorization", "\r\nProxy-Authorization"));

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\nX-For: jack\r\n");
            assertThat(forProxies).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(origin.heads.getFirst())
                    .containsOnlyOnce("X-Consumer-Username: jack\r\n")
                    .doesNotContain("root");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"jack@x:wrong", "both@x:ann-secret", "*:jack-secret", "jack@x)(cn=*:jack-secret", "jack@x:"})
    void searchesAndRefuses(String credentials) throws Exception {
        try (var gateway = gateway(
                "ldap-auth-advanced", searching(directory.port(), ",\"attribute\":\"mail\",\"realm\":\"r\""), 1)) {

            var answer = gateway.exchange(get("ldap", credentials));

            assertThat(answer)
                    .startsWith("HTTP/1.1 401 Unauthorized\r\n")
                    .contains("\r\nWWW-Authenticate: ldap realm=\"r\"\r\n", "{\"message\":\"Authorization required\"}");
        }
    }

    @Test
    void aDirectoryThatFailsIsAnEmptyInternalError() throws Exception {
        try (var nobody = new HeldPort();
                var gateway = gateway("ldap-auth-advanced", searching(nobody.number(), ""), 1)) {

            var answer = gateway.exchange(get("ldap", "jack:jack-secret"));

            assertThat(answer)
                    .startsWith("HTTP/1.1 500 Internal Server Error\r\n")
                    .doesNotContain("s3rvice", "html")
                    .endsWith("\r\n\r\n0\r\n\r\n");
        }
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            "use_ldaps":true    | localhost | 200
            "use_starttls":true | localhost | 200
            "use_ldaps":true    | 127.0.0.1 | 200
            "use_starttls":true | 127.0.0.1 | 200
            """)
    void certificatesOfTheDirectorysNameAreBelieved(String members, String host, int status) throws Exception {
        var port = members.contains("ldaps") ? directory.tlsPort() : directory.port();
        var config = searching(port, "," + members).replace("localhost", host);
        try (var origin = RawOrigin.answering(OK);
                var gateway = gateway("ldap-auth-advanced", config, origin.port())) {

            var answer = gateway.exchange(get("ldap", "jack:jack-secret"));

            assertThat(answer).startsWith("HTTP/1.1 " + status);
        }
    }

    /** The last one is for the name that the address has, which nobody asked for. */
    @ParameterizedTest(name = "{0}: {1} of {2}")
    @CsvSource({
        "use_ldaps,    other.test, localhost",
        "use_starttls, other.test, localhost",
        "use_ldaps,    localhost,  127.0.0.1",
        "use_starttls, localhost,  127.0.0.1",
    })
    void certificatesOfAnotherNameAreNot(String member, String name, String host) throws Exception {
        try (var other = TestDirectory.start(trusted.client(trusted.signRsa(name)))) {
            int port = member.equals("use_ldaps") ? other.tlsPort() : other.port();
            var config = searching(port, ",\"" + member + "\":true").replace("localhost", host);
            try (var gateway = gateway("ldap-auth-advanced", config, 1)) {

                var answer = gateway.exchange(get("ldap", "jack:jack-secret"));

                assertThat(answer).startsWith("HTTP/1.1 500 ");
                assertThat(other.asked).isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            ldap-auth-advanced | "use_ldaps":true                         | 500
            ldap-auth-advanced | "use_starttls":true                      | 500
            ldap-auth-advanced | "use_ldaps":true,"ssl_verify":false      | 200
            ldap-auth-advanced | "use_starttls":true,"ssl_verify":false   | 200
            ldap-auth          | "use_tls":true,"tls_verify":true         | 401
            ldap-auth          | "use_tls":true                           | 200
            """)
    void certificatesOfStrangersAreTakenWhereSaid(String plugin, String members, int status) throws Exception {
        var stranger = TestAuthority.in(folder, "stranger");
        try (var strange = TestDirectory.start(stranger.client(stranger.sign("localhost")));
                var origin = RawOrigin.answering(OK)) {
            int port = members.contains("starttls") ? strange.port() : strange.tlsPort();
            var config = searching(port, "," + members);
            var simple = config.replace("\"base_dn\":\"dc=x\"", "\"base_dn\":\"ou=users,dc=x\"");
            try (var gateway = gateway(plugin, plugin.equals("ldap-auth") ? simple : config, origin.port())) {

                var scheme = plugin.equals("ldap-auth") ? "Basic" : "ldap";
                var answer = gateway.exchange(get(scheme, "jack:jack-secret"));

                assertThat(answer).startsWith("HTTP/1.1 " + status);
                assertThat(strange.asked.isEmpty()).isEqualTo(status != 200);
            }
        }
    }

    @Test
    void nothingIsSaidToADirectoryThatRefusesStartTls() throws Exception {
        try (var plain = TestDirectory.start();
                var gateway = gateway("ldap-auth-advanced", searching(plain.port(), ",\"use_starttls\":true"), 1)) {

            var answer = gateway.exchange(get("ldap", "jack:jack-secret"));

            assertThat(answer).startsWith("HTTP/1.1 500 ");
            assertThat(plain.asked).isEmpty();
        }
    }

    @Test
    void connectionsOutliveAConfiguration() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var own = TestDirectory.start();
                var gateway = gateway(
                        "ldap-auth-advanced", searching(own.port(), ",\"keepalive_pool_name\":\"p\""), origin.port())) {
            gateway.exchange(get("ldap", "jack:jack-secret"));
            gateway.change(
                    ResourceKind.ROUTE,
                    "r1",
                    "{\"uri\":\"/*\",\"name\":\"changed\",\"plugins\":{\"ldap-auth-advanced\":"
                            + searching(own.port(), ",\"keepalive_pool_name\":\"p\",\"realm\":\"other\"") + "},"
                            + TestGateway.upstream(origin.port()) + "}");

            var answer = gateway.exchange(get("ldap", "jack:jack-secret"));

            assertThat(answer).startsWith("HTTP/1.1 200 OK");
            assertThat(own.connections).hasSize(1);
        }
    }

    @Test
    void errorsCanBeAnsweredOtherwise() throws Exception {
        try (var gateway = gateway("ldap-auth", simple(",\"_meta\":{\"error_response\":\"go away\"}"), 1)) {

            var answer = gateway.exchange(get("Basic", "jack:wrong"));

            assertThat(answer).startsWith("HTTP/1.1 401 ").contains("go away").doesNotContain("message");
        }
    }
}
