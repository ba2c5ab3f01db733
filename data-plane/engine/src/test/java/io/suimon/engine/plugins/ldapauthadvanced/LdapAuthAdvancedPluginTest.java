package io.suimon.engine.plugins.ldapauthadvanced;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.directory.AskedDirectories;
import io.suimon.engine.directory.DirectoryAddress;
import io.suimon.engine.directory.DirectoryServer;
import io.suimon.engine.directory.DirectoryServer.KeepAlive;
import io.suimon.engine.directory.DirectoryServer.Security;
import io.suimon.engine.directory.Login;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.AwaitedDecision;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugins.ldapauthadvanced.LdapAuthAdvancedConfig.HeaderType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LdapAuthAdvancedPluginTest {

    private static final String CONFIG = "{'ldap_uri':'ldap.test','base_dn':'dc=x'}";
    private static final String OPEN = "{'ldap_uri':'l','base_dn':'dc=x','consumer_required':false}";
    private static final String JACK_DN = "cn=jack,ou=users,dc=x";
    private static final String JACK_FIELD = "ldap amFjazpw"; // jack:p
    private static final AuthenticatedConsumer JACK = new AuthenticatedConsumer("jack", null, null, null, Map.of());
    private static final ConsumerIndex CONSUMERS = new ConsumerIndex(
            Map.of(
                    "ldap-auth-advanced",
                    Map.of(JACK_DN, new ConsumerIndex.Entry(JACK, new LdapAuthAdvancedCredential(JACK_DN)))),
            Map.of("jack", JACK));

    private final AskedDirectories accepting = new AskedDirectories(new Login.Accepted(JACK_DN));

    private static Filter filter(AskedDirectories directories, String config) {
        return BoundPlugin.of(new LdapAuthAdvancedPlugin())
                .directories(directories)
                .bind(config);
    }

    private static Decision refusal(String challenge) {
        return Decision.json(401, "{\"message\":\"Authorization required\"}")
                .with(HeaderName.WWW_AUTHENTICATE, challenge);
    }

    @Test
    void searchesThenBindsThenTellsTheUpstreamWhoThatIs() {
        var exchange =
                DescribedRequest.get("/").header("Authorization", JACK_FIELD).exchange(CONSUMERS);

        var decision = AwaitedDecision.of(filter(accepting, CONFIG).onRewrite(exchange));

        assertThat(decision).isEqualTo(Decision.proceed());
        assertThat(accepting.asked).containsExactly("find null dc=x cn=jack limit 2 time 5, bind p");
        assertThat(exchange.consumer()).isEqualTo(JACK);
        assertThat(exchange.request().headers().first(HeaderName.of("X-Consumer-Username")))
                .isEqualTo("jack");
    }

    @Test
    void searchesAsItIsTold() {
        var config = "{'ldap_uri':'l','base_dn':'o=y','attribute':'mail;lang-de','bind_dn':'cn=s','ldap_password':'s',"
                + "'size_limit':7,'time_limit':0}";
        var exchange =
                DescribedRequest.get("/").header("Authorization", JACK_FIELD).exchange(CONSUMERS);

        AwaitedDecision.of(filter(accepting, config).onRewrite(exchange));

        assertThat(accepting.asked).containsExactly("find cn=s o=y mail;lang-de=jack limit 7 time 0, bind p");
    }

    @ParameterizedTest(name = "for proxies [{0}], else [{1}]: {2}")
    @CsvSource({
        "ldap YTpi,   ,              a",
        "           , ldap YTpi,     a",
        "ldap YTpi,   ldap Yzpk,     a", // for proxies first
        "Basic YTpi,  ldap Yzpk,     c", // another scheme is none
        "Basic YTpi,  ,              ",
        "           , Basic YTpi,    ",
        "           , ,              ",
        "           , ldap YTo=,     ", // a:
        "           , ldap OmI=,     ", // :b
        "           , ldap %%%,      ",
    })
    void looksForCredentialsInTwoFields(String forProxies, String field, String user) {
        var request = DescribedRequest.get("/");
        request = forProxies == null ? request : request.header("Proxy-Authorization", forProxies);
        request = field == null ? request : request.header("Authorization", field);

        var decision = AwaitedDecision.of(filter(accepting, CONFIG).onRewrite(request.exchange(CONSUMERS)));

        assertThat(decision).isEqualTo(user == null ? refusal("ldap realm=\"ldap\"") : Decision.proceed());
        assertThat(accepting.asked).hasSize(user == null ? 0 : 1).allMatch(asked -> asked.contains("cn=" + user));
    }

    @Test
    void theSchemeCanBeBasic() {
        var filter = filter(accepting, "{'ldap_uri':'l','base_dn':'dc=x','header_type':'basic','realm':'my realm'}");

        var let = DescribedRequest.get("/")
                .header("Authorization", "basic amFjazpw")
                .exchange(CONSUMERS);
        var not = DescribedRequest.get("/").header("Authorization", JACK_FIELD).exchange(CONSUMERS);

        assertThat(AwaitedDecision.of(filter.onRewrite(let))).isEqualTo(Decision.proceed());
        assertThat(AwaitedDecision.of(filter.onRewrite(not))).isEqualTo(refusal("Basic realm=\"my realm\""));
    }

    @Test
    void whatComesOfALoginIsAnswered() {
        var exchange =
                DescribedRequest.get("/").header("Authorization", JACK_FIELD).exchange(CONSUMERS);

        assertThat(AwaitedDecision.of(filter(new AskedDirectories(new Login.Refused()), CONFIG)
                        .onRewrite(exchange)))
                .isEqualTo(refusal("ldap realm=\"ldap\""));
        assertThat(AwaitedDecision.of(filter(new AskedDirectories(new Login.Unavailable()), CONFIG)
                        .onRewrite(exchange)))
                .isEqualTo(Decision.text(500, ""));
        assertThat(AwaitedDecision.of(filter(new AskedDirectories(new Login.Overloaded()), CONFIG)
                        .onRewrite(exchange)))
                .isEqualTo(Decision.reply(503));
    }

    @ParameterizedTest(name = "{0} and consumer_required {1}: let in {2}")
    @CsvSource(delimiter = '|', textBlock = """
            cn=jack,ou=users,dc=x | true  | true
            CN=jack,ou=users,dc=x | true  | false
            cn=jim,ou=users,dc=x  | true  | false
            cn=jim,ou=users,dc=x  | false | true
            """)
    void anEntryHasToBeAConsumersWhereThatIsRequired(String dn, boolean required, boolean letIn) {
        var exchange =
                DescribedRequest.get("/").header("Authorization", JACK_FIELD).exchange(CONSUMERS);

        var decision = AwaitedDecision.of(filter(new AskedDirectories(new Login.Accepted(dn)), required ? CONFIG : OPEN)
                .onRewrite(exchange));

        assertThat(decision).isEqualTo(letIn ? Decision.proceed() : refusal("ldap realm=\"ldap\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Authenticated-Groups",
                "X-Consumer-Username",
                "X-Credential-Identifier",
                "X-Consumer-Custom-ID"
            })
    void clientsDoNotGetToSayWhoTheyAre(String name) {
        var exchange = DescribedRequest.get("/")
                .header("Authorization", JACK_FIELD)
                .header(name, "forged")
                .header(name.toLowerCase(java.util.Locale.ROOT), "again")
                .exchange(CONSUMERS);

        var decision = AwaitedDecision.of(filter(accepting, OPEN).onRewrite(exchange));

        assertThat(decision).isEqualTo(Decision.proceed());
        assertThat(exchange.consumer()).isNull();
        assertThat(exchange.request().headers().contains(HeaderName.of(name))).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}:{2} {3} verify {4}, {5} ms, pool [{6}] of {7} for {8} ms")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            'ldap_uri':'l'                                    | l | 389 | NONE     | true  | 10000 | ``  | 5 | 60000
            'ldap_uri':'l:5'                                  | l | 5   | NONE     | true  | 10000 | ``  | 5 | 60000
            'ldap_uri':'l','use_ldaps':true                   | l | 636 | TLS      | true  | 10000 | ``  | 5 | 60000
            'ldap_uri':'ldaps://l','ssl_verify':false         | l | 636 | TLS      | false | 10000 | ``  | 5 | 60000
            'ldap_uri':'l','use_starttls':true                | l | 389 | STARTTLS | true  | 10000 | ``  | 5 | 60000
            'ldap_uri':'l','timeout':7                        | l | 389 | NONE     | true  | 7     | ``  | 5 | 60000
            'ldap_uri':'l','keepalive':false                  | l | 389 | NONE     | true  | 10000 | ``  | 0 | 60000
            'ldap_uri':'l','keepalive_pool_name':'p','keepalive_pool_size':2,'keepalive_timeout':1000 | l | 389 | NONE | true | 10000 | p | 2 | 1000
            """)
    void asksTheDirectoryTheWayItIsTold(
            String members,
            String host,
            int port,
            Security security,
            boolean verify,
            int timeout,
            String pool,
            int connections,
            int idle) {
        var exchange =
                DescribedRequest.get("/").header("Authorization", JACK_FIELD).exchange(CONSUMERS);

        AwaitedDecision.of(
                filter(accepting, "{'base_dn':'dc=x'," + members + "}").onRewrite(exchange));

        assertThat(accepting.server())
                .isEqualTo(new DirectoryServer(
                        new DirectoryAddress(host, port),
                        security,
                        verify,
                        timeout,
                        new KeepAlive(pool, connections, idle)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'ldap_uri':'l','base_dn':'b','use_ldaps':true,'use_starttls':true} | use_ldaps and use_starttls are mutually exclusive
            {'ldap_uri':'l','base_dn':'b','bind_dn':'d'}          | ldap_password is required when bind_dn is set
            {'base_dn':'b'}                                       | property "ldap_uri" is required
            {'ldap_uri':'l'}                                      | property "base_dn" is required
            {'ldap_uri':'','base_dn':'b'}                         | property "ldap_uri" validation failed: string too short, expected at least 1, got 0
            {'ldap_uri':'l','base_dn':'b','attribute':'a)(b'}     | property "attribute" validation failed: failed to match pattern
            {'ldap_uri':'l','base_dn':'b','header_type':'x'}      | property "header_type" validation failed: matches none of the enum values
            {'ldap_uri':'l','base_dn':'b','timeout':60001}        | property "timeout" validation failed: expected 60001 to be at most 60000
            {'ldap_uri':'l','base_dn':'b','timeout':0}            | property "timeout" validation failed: expected 0 to be at least 1
            {'ldap_uri':'l','base_dn':'b','size_limit':1}         | property "size_limit" validation failed: expected 1 to be at least 2
            {'ldap_uri':'l','base_dn':'b','time_limit':-1}        | property "time_limit" validation failed: expected -1 to be at least 0
            {'ldap_uri':'l','base_dn':'b','keepalive_pool_size':0} | property "keepalive_pool_size" validation failed: expected 0 to be at least 1
            {'ldap_uri':'l','base_dn':'b','keepalive_timeout':9}  | property "keepalive_timeout" validation failed: expected 9 to be at least 1000
            """)
    void refusesWhatCannotWork(String config, String expected) {
        assertThat(BoundPlugin.of(new LdapAuthAdvancedPlugin()).refusal(config)).startsWith(expected);
    }

    @Test
    void passwordsDoNotPrint() {
        var config = new LdapAuthAdvancedConfig(
                "b",
                "l",
                "cn",
                "d",
                true,
                HeaderType.LDAP,
                true,
                null,
                5,
                1,
                "secret",
                "r",
                2,
                true,
                5,
                1,
                false,
                false);

        assertThat(config.toString()).doesNotContain("secret");
    }
}
