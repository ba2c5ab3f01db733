package io.suimon.engine.expression;

import io.suimon.engine.http.ClientConnection;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Pem;
import io.suimon.engine.tls.ClientPolicy;
import io.suimon.engine.tls.ClientProof;
import io.suimon.engine.tls.TlsSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The values of the certificate are those that {@code openssl x509} prints. */
class TlsVariablesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scheme                 | https",
                "ssl_server_name        | a.test",
                "ssl_protocol           | TLSv1.2",
                "ssl_cipher             | ECDHE-RSA-AES128-GCM-SHA256",
                "ssl_session_id         | 0a0b",
                "ssl_session_reused     | r",
                "ssl_client_verify      | SUCCESS",
                "ssl_client_s_dn        | CN=test.example",
                "ssl_client_i_dn        | CN=test.example",
                "ssl_client_serial      | 6497C82911DFBD44275D0B47D6C693CFB0A28C89",
                "ssl_client_fingerprint | d5d76c79d4615b0c138851fb634371ff87dce4b8",
                "ssl_client_v_start     | Nov 23 16:08:51 2026 GMT",
                "ssl_client_v_end       | Oct 30 16:08:51 2126 GMT",
            })
    void tellsWhatTheHandshakeCameTo(String variable, String expected) throws IOException {
        var exchange = exchange(
                ClientProof.verified(Pem.certificates(certificateText()).getFirst()));

        assertThat(Variable.of(variable).value(exchange)).isEqualTo(expected);
    }

    @Test
    void theCertificateIsToldAsTextInThreeForms() throws IOException {
        var exchange = exchange(
                ClientProof.verified(Pem.certificates(certificateText()).getFirst()));

        var raw = Variable.of("ssl_client_raw_cert").text(exchange);
        var folded = Variable.of("ssl_client_cert").text(exchange);
        var escaped = Variable.of("ssl_client_escaped_cert").text(exchange);

        assertThat(raw).isEqualTo(certificateText());
        assertThat(folded).isEqualTo(certificateText().strip().replace("\n", "\n\t"));
        assertThat(escaped).startsWith("-----BEGIN%20CERTIFICATE-----%0AMIID").endsWith("-----%0A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl_client_s_dn", "ssl_client_cert", "ssl_client_fingerprint"})
    void aClientWithoutACertificateHasNothingOfOne(String variable) {
        var exchange = exchange(ClientProof.NONE);

        assertThat(Variable.of(variable).value(exchange)).isNull();
        assertThat(Variable.of("ssl_client_verify").value(exchange)).isEqualTo("NONE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl_protocol", "ssl_cipher", "ssl_client_verify", "ssl_session_reused"})
    void withoutTlsThereIsNothing(String variable) {
        assertThat(Variable.of(variable).value(DescribedRequest.get("/").exchange()))
                .isNull();
    }

    private static Exchange exchange(ClientProof proof) {
        var exchange = DescribedRequest.get("/").exchange();
        var connection = exchange.connection();
        var session = new TlsSession(
                "a.test", "TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256", "0a0b", true, proof, ClientPolicy.OPEN);
        exchange.connection(new ClientConnection(connection.remote(), connection.local(), session, 1));
        return exchange;
    }

    private static String certificateText() throws IOException {
        try (@Nullable InputStream content = Pem.class.getResourceAsStream("pem/rsa.crt")) {
            return new String(Objects.requireNonNull(content).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
