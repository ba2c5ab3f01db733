package io.suimon.engine.tls;

import io.suimon.engine.resource.Certificate;
import io.suimon.engine.resource.Certificate.ClientVerification;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.tls.CertificateIndex.Claim;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CertificateIndexTest {

    private static final ClientVerification OPEN_PATHS =
            new ClientVerification("ca", 1, List.of("/open", "(unreadable"));

    @ParameterizedTest(name = "{0} gets {1}")
    @CsvSource({
        "a.test,          exact",
        "b.test,          any",
        "x.wild.test,     wildcard",
        "wild.test,       any",
        "x.y.wild.test,   any", // one label deep, no more
        "exact.wild.test, inside",
        "pre-7.part.test, part",
        "*.wild.test,     wildcard",
        "'',              any",
    })
    void theMostSpecificNameWins(String serverName, String expected) {
        var index = CertificateIndex.EMPTY
                .with(claim("any", 1, "*"))
                .with(claim("exact", 2, "a.test"))
                .with(claim("wildcard", 3, "*.wild.test"))
                .with(claim("inside", 4, "exact.wild.test"))
                .with(claim("part", 5, "*7.part.test"));

        var found = index.find(serverName);

        assertThat(found).isEqualTo(certificate(expected, null));
    }

    @Test
    void aNameNobodyClaimsHasNoCertificate() {
        var index = CertificateIndex.EMPTY.with(claim("exact", 1, "a.test"));

        assertThat(index.find("b.test")).isNull();
        assertThat(index.find("a.".repeat(8_000) + "test")).isNull();
    }

    @Test
    void ofSeveralClaimsToOneNameTheFirstCreatedCountsUntilItGoes() {
        var both = CertificateIndex.EMPTY.with(claim("second", 2, "a.test")).with(claim("first", 1, "a.test"));

        var left = both.without(key("first"));

        assertThat(both.find("a.test")).isEqualTo(certificate("first", null));
        assertThat(left.find("a.test")).isEqualTo(certificate("second", null));
        assertThat(left.without(key("second")).find("a.test")).isNull();
    }

    @Test
    void aNewClaimOfAnObjectReplacesItsNames() {
        var index = CertificateIndex.EMPTY.with(claim("one", 1, "a.test", "b.test", "a.test"));

        var changed = index.with(claim("one", 1, "b.test", "c.test"));

        assertThat(changed.find("a.test")).isNull();
        assertThat(changed.find("b.test")).isNotNull();
        assertThat(changed.find("c.test")).isNotNull();
    }

    @ParameterizedTest(name = "asked for {0}, verified {1}: {2}{3} -> {4}")
    @CsvSource({
        "plain.test, false, plain.test, /,     true",
        "plain.test, false, other.test, /,     true", // a host without an object
        "plain.test, false, mtls.test,  /,     false", // a host that asks for a certificate
        "plain.test, false, x.mtls.test, /,    false",
        "plain.test, false, mtls.test,  /open, false",
        "          , false, mtls.test,  /,     false", // by the fallback name
        "mtls.test,  true,  mtls.test,  /,     true",
        "mtls.test,  true,  other.test, /,     true",
        "mtls.test,  true,  plain.test, /,     true",
        "mtls.test,  true,  x.mtls.test, /,    false", // another name of the very object
        "mtls.test,  false, mtls.test,  /,     false",
        "mtls.test,  false, mtls.test,  /open, true",
        "mtls.test,  false, mtls.test,  /a/open/b, true",
        "mtls.test,  false, plain.test, /,     false",
    })
    void requestsKeepWhatTheirCertificatesAskFor(
            @Nullable String serverName, boolean verified, String host, String path, boolean admitted) {
        var mtls = new Claim(key("mtls"), 1, List.of("mtls.test", "*.mtls.test"), certificate("mtls", OPEN_PATHS));
        var index = CertificateIndex.EMPTY.with(mtls).with(claim("plain", 2, "plain.test"));
        var proof = verified ? new ClientProof(null, "SUCCESS") : ClientProof.NONE;
        boolean asked = "mtls.test".equals(serverName);
        var policy = asked ? mtls.certificate().policy() : ClientPolicy.OPEN;
        var session = new TlsSession(serverName, "TLSv1.3", "", "", false, proof, policy);

        boolean admits = index.admits(session, host, path);

        assertThat(admits).isEqualTo(admitted);
    }

    private static Claim claim(String name, long created, String... names) {
        return new Claim(key(name), created, List.of(names), certificate(name, null));
    }

    private static ResourceKey key(String id) {
        return new ResourceKey(ResourceKind.SSL, id);
    }

    private static ServerCertificate certificate(String name, @Nullable ClientVerification client) {
        var identity = new ServerIdentity(List.of(new Certificate.Pair(name, "key")), client, Set.of());
        return new ServerCertificate(identity, ClientPolicy.of(client));
    }
}
