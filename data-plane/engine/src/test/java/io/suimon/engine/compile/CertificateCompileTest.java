package io.suimon.engine.compile;

import io.suimon.engine.compile.RouteRuntime.Destination;
import io.suimon.engine.tls.ServerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CertificateCompileTest {

    private static final String RSA = pair("rsa.crt", "rsa-pkcs8.key");
    private static final String EC = pair("ec.crt", "ec-sec1.key");
    private static final String MISMATCH = pair("rsa.crt", "ec-sec1.key");

    private final TestBench bench = new TestBench();

    @ParameterizedTest
    @CsvSource({"A.Test., a.test", "*.b.test, x.b.test"})
    void aCertificateIsFoundByItsNames(String sni, String asked) {
        bench.put("ssls/1", server(sni, RSA));

        assertThat(bench.runtime().certificate(asked)).isNotNull();
        assertThat(bench.rejections()).isEmpty();
    }

    @Test
    void aChangeThatHandshakesDoNotSeeLeavesTheCertificateEqual() {
        bench.put("ssls/1", server("a.test", RSA));
        var before = bench.runtime().certificate("a.test");

        bench.put("ssls/1", server("a.test", RSA + ",'desc':'other words'"));

        assertThat(identity(bench.runtime().certificate("a.test"))).isEqualTo(identity(before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'status':0", "'type':'client'"})
    void whatIsNotForServersIsNotFound(String member) {
        bench.put("ssls/1", server("a.test", RSA + "," + member));

        assertThat(bench.runtime().certificate("a.test")).isNull();
    }

    @Test
    void aRemovedCertificateIsNotFound() {
        bench.put("ssls/1", server("a.test", RSA));

        bench.remove("ssls/1");

        assertThat(bench.runtime().certificate("a.test")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"false, key: not that of", "true, certs"})
    void aKeyOfAnotherCertificateIsRejectedAndTheLastGoodFormStays(boolean second, String reason) {
        bench.put("ssls/1", server("a.test", RSA));
        var good = bench.runtime().certificate("a.test");

        bench.put("ssls/1", server("a.test", second ? EC + "," + more() : MISMATCH));

        assertThat(bench.runtime().certificate("a.test")).isEqualTo(good);
        assertThat(bench.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.key().path()).isEqualTo("ssls/1");
            assertThat(rejection.modRevision()).isEqualTo(2);
            assertThat(rejection.reason()).contains(reason).doesNotContain("PRIVATE");
        });
        assertThat(bench.put("ssls/1", server("a.test", EC)).rejections()).isEmpty();
    }

    @Test
    void admissionDoesNotAskWhetherAKeyIsThatOfItsCertificate() {
        var put = TestBench.resource("ssls/1", 1, server("a.test", MISMATCH));

        assertThat(bench.compiler().review(bench.runtime(), put)).isEmpty();
    }

    @Test
    void aSecretThatWasNotResolvedIsNoCertificate() {
        bench.put("ssls/1", server("a.test", "'cert':'" + reference() + "','key':'" + reference() + "'"));

        assertThat(bench.runtime().certificate("a.test")).isNull();
        assertThat(bench.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason()).contains("not resolved"));
    }

    @Test
    void anUpstreamIsShownTheClientCertificateItNamesInItsPresentForm() {
        bench.put("ssls/c", "{'type':'client'," + RSA + "}");
        bench.put("upstreams/u", "{'scheme':'https','nodes':{'127.0.0.1:1':1},'tls':{'client_cert_id':'c'}}");
        bench.put("routes/1", "{'uri':'/r','upstream_id':'u'}");
        var before = bench.routed("/r").target();

        bench.put("ssls/c", "{'type':'client'," + EC + "}");

        assertThat(identity(before))
                .isNotNull()
                .isNotEqualTo(identity(bench.routed("/r").target()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'tls':{'client_cert_id':'none'}", "'tls':{'client_cert_id':'server'}"})
    void anUpstreamWhoseClientCertificateIsNoneIs502(String tls) {
        bench.put("ssls/server", server("a.test", RSA));
        bench.put("routes/1", "{'uri':'/r','upstream':{'scheme':'https','nodes':{'127.0.0.1:1':1}," + tls + "}}");

        assertThat(bench.routed("/r").target()).isEqualTo(new Destination.Unavailable(502, false));
    }

    @Test
    void anUpstreamIsShownTheClientCertificateWrittenInIt() {
        var tls = "'tls':{" + RSA.replace("'cert'", "'client_cert'").replace("'key'", "'client_key'") + "}";

        bench.put("routes/1", "{'uri':'/r','upstream':{'scheme':'https','nodes':{'127.0.0.1:1':1}," + tls + "}}");

        assertThat(identity(bench.routed("/r").target())).isNotNull();
    }

    private static Object identity(Destination destination) {
        return destination instanceof Destination.Proxy(var target, var timeouts, var identity) && identity != null
                ? identity
                : destination;
    }

    private static Object identity(@Nullable ServerCertificate certificate) {
        return certificate == null ? "none" : certificate.identity();
    }

    private static String server(String sni, String members) {
        return "{'sni':'" + sni + "'," + members + "}";
    }

    private static String pair(String certificate, String key) {
        return "'cert':'" + pem(certificate) + "','key':'" + pem(key) + "'";
    }

    private static String more() {
        return "'certs':['" + pem("rsa.crt") + "'],'keys':['" + pem("ec-sec1.key") + "']";
    }

    private static String reference() {
        return "$secret://vault/1/" + "a".repeat(128);
    }

    private static String pem(String file) {
        try (InputStream content =
                ServerCertificate.class.getResourceAsStream("/io/suimon/engine/resource/pem/" + file)) {
            if (content == null) {
                throw new IllegalStateException(file);
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
