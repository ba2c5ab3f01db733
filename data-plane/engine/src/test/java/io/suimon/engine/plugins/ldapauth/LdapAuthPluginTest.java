package io.suimon.engine.plugins.ldapauth;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.directory.AskedDirectories;
import io.suimon.engine.directory.DirectoryAddress;
import io.suimon.engine.directory.DirectoryServer;
import io.suimon.engine.directory.DirectoryServer.KeepAlive;
import io.suimon.engine.directory.DirectoryServer.Security;
import io.suimon.engine.directory.Login;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.AwaitedDecision;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LdapAuthPluginTest {

    private static final String CONFIG = "{'ldap_uri':'ldap.test','base_dn':'ou=users,dc=x'}";
    private static final String JACK_DN = "cn=jack,ou=users,dc=x";
    private static final HeaderName AUTHORIZATION = HeaderName.of("Authorization");
    private static final AuthenticatedConsumer JACK =
            new AuthenticatedConsumer("jack", "c1", "id-7", null, Map.of("custom_id", "id-7"));
    private static final ConsumerIndex CONSUMERS = new ConsumerIndex(
            Map.of("ldap-auth", Map.of(JACK_DN, new ConsumerIndex.Entry(JACK, new LdapAuthCredential(JACK_DN)))),
            Map.of("jack", JACK));

    private final AskedDirectories accepting = new AskedDirectories(new Login.Accepted(JACK_DN));

    private static Filter filter(AskedDirectories directories, String config) {
        return BoundPlugin.of(new LdapAuthPlugin()).directories(directories).bind(config);
    }

    private static Exchange exchange(String credentials) {
        var field = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return DescribedRequest.get("/").header("Authorization", field).exchange(CONSUMERS);
    }

    private static Decision refusal(String message) {
        return Decision.json(401, "{\"message\":\"" + message + "\"}")
                .with(HeaderName.WWW_AUTHENTICATE, "Basic realm=\"ldap\"");
    }

    @Test
    void aRequestWithoutCredentialsIsRefusedUnasked() {
        var decision =
                filter(accepting, CONFIG).onRewrite(DescribedRequest.get("/").exchange(CONSUMERS));

        assertThat(decision).isEqualTo(refusal("Missing authorization in request"));
        assertThat(accepting.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic %%%", "Bearer amFjazpw", "Basic amFjaw==", "Basic amFjazo=", "Basic OnA="})
    void credentialsThatAreNoneAreRefusedUnasked(String field) {
        var exchange = DescribedRequest.get("/").header("Authorization", field).exchange(CONSUMERS);

        var decision = filter(accepting, CONFIG).onRewrite(exchange);

        assertThat(decision).isEqualTo(refusal("Invalid authorization in request"));
        assertThat(accepting.asked).isEmpty();
    }

    @Test
    void bindsUnderTheNameOfTheUserAndTellsTheUpstreamWhoThatIs() {
        var exchange = exchange("jack:secret");

        var decision = AwaitedDecision.of(filter(accepting, CONFIG).onRewrite(exchange));

        assertThat(decision).isEqualTo(Decision.proceed());
        assertThat(accepting.asked).containsExactly("bind " + JACK_DN + " secret");
        assertThat(exchange.consumer()).isEqualTo(JACK);
        assertThat(exchange.request().headers().first(HeaderName.of("X-Consumer-Username")))
                .isEqualTo("jack");
        assertThat(exchange.request().headers().first(AUTHORIZATION)).isNotNull();
    }

    @Test
    void nothingIsChangedBeforeTheExchangeGoesOn() {
        var exchange = exchange("jack:secret");

        var decision = filter(accepting, CONFIG).onRewrite(exchange);

        assertThat(decision).isInstanceOf(Decision.Suspend.class);
        assertThat(exchange.consumer()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            admin,dc=x:p | bind cn=admin\\,dc\\=x,ou=users,dc=x p
            a+cn=b:p     | bind cn=a\\+cn\\=b,ou=users,dc=x p
            *:p          | bind cn=*,ou=users,dc=x p
            """)
    void usersDoNotChooseWhereTheyAre(String credentials, String asked) {
        AwaitedDecision.of(filter(accepting, CONFIG).onRewrite(exchange(credentials)));

        assertThat(accepting.asked).containsExactly(asked);
    }

    @Test
    void theAttributeCanBeChosen() {
        var config = "{'ldap_uri':'l','base_dn':'dc=x','uid':'mail'}";

        AwaitedDecision.of(filter(accepting, config).onRewrite(exchange("j@x:p")));

        assertThat(accepting.asked).containsExactly("bind mail=j@x,dc=x p");
    }

    @Test
    void whomTheDirectoryRefusesIsRefused() {
        var refused = AwaitedDecision.of(
                filter(new AskedDirectories(new Login.Refused()), CONFIG).onRewrite(exchange("jack:p")));
        var broken = AwaitedDecision.of(
                filter(new AskedDirectories(new Login.Unavailable()), CONFIG).onRewrite(exchange("jack:p")));

        assertThat(refused).isEqualTo(refusal("Invalid user authorization"));
        assertThat(broken).isEqualTo(refusal("Invalid user authorization"));
    }

    @Test
    void tooManyLoginsAreAnswered503() {
        var decision =
                filter(new AskedDirectories(new Login.Overloaded()), CONFIG).onRewrite(exchange("jack:p"));

        assertThat(AwaitedDecision.of(decision)).isEqualTo(Decision.reply(503));
    }

    @Test
    void whomTheDirectoryKnowsButNoConsumerIsIsRefused() {
        var directories = new AskedDirectories(new Login.Accepted("cn=jim,ou=users,dc=x"));

        assertThat(AwaitedDecision.of(filter(directories, CONFIG).onRewrite(exchange("jim:p"))))
                .isEqualTo(refusal("Invalid user authorization"));
    }

    @Test
    void nobodyIsLetInWhereNoConsumerHasAnEntry() {
        var exchange = DescribedRequest.get("/")
                .header("Authorization", "Basic amFjazpw")
                .exchange();

        assertThat(AwaitedDecision.of(filter(accepting, CONFIG).onRewrite(exchange)))
                .isEqualTo(refusal("Missing related consumer"));
    }

    @Test
    void hidesCredentialsFromTheUpstream() {
        var exchange = exchange("jack:secret");

        AwaitedDecision.of(filter(accepting, "{'ldap_uri':'l','base_dn':'dc=x','hide_credentials':true}")
                .onRewrite(exchange));

        assertThat(exchange.request().headers().contains(AUTHORIZATION)).isFalse();
    }

    @Test
    void theRealmIsTold() {
        var decision = filter(accepting, "{'ldap_uri':'l','base_dn':'dc=x','realm':'my realm'}")
                .onRewrite(DescribedRequest.get("/").exchange());

        assertThat(((Decision.Reply) decision).headers())
                .containsExactly(new Decision.Field(HeaderName.WWW_AUTHENTICATE, "Basic realm=\"my realm\""));
    }

    @ParameterizedTest(name = "{0}: {1}:{2} {3} verify {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'ldap_uri':'ldap.test'                                    | ldap.test | 389  | NONE | false
            'ldap_uri':'ldap.test:1389','use_tls':true                | ldap.test | 1389 | TLS  | false
            'ldap_uri':'ldap.test','use_tls':true,'tls_verify':true   | ldap.test | 389  | TLS  | true
            'ldap_uri':'ldaps://ldap.test:636'                        | ldap.test | 636  | TLS  | false
            """)
    void asksTheDirectoryTheWayItIsTold(String members, String host, int port, Security security, boolean verify) {
        AwaitedDecision.of(
                filter(accepting, "{'base_dn':'dc=x'," + members + "}").onRewrite(exchange("jack:p")));

        assertThat(accepting.server())
                .isEqualTo(new DirectoryServer(
                        new DirectoryAddress(host, port), security, verify, 10_000, KeepAlive.DEFAULT));
    }

    @Test
    void namesOfAnyAlphabetAreFoundAsTheirBytes() {
        assertThat(new LdapAuthPlugin().keyOf(new LdapAuthCredential("cn=é"))).isEqualTo("cn=\u00c3\u00a9");
    }

    @Test
    void refusesWhatItsSchemaDoes() {
        var plugin = BoundPlugin.of(new LdapAuthPlugin());

        assertThat(plugin.refusal("{'ldap_uri':'l'}")).isEqualTo("property \"base_dn\" is required");
        assertThat(plugin.refusal("{'base_dn':'b'}")).isEqualTo("property \"ldap_uri\" is required");
        assertThat(plugin.refusal("{'ldap_uri':'l','base_dn':'b','realm':'a\\\"b'}"))
                .startsWith("property \"realm\" validation failed: failed to");
    }
}
