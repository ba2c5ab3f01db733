package io.suimon.controlplane.admin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The Admin API over TLS, with and without certificates of clients. */
class AdminTlsHttpTest {

    @TempDir
    static Path folder;

    private static TestCertificates certificates;

    @TempDir
    Path stores;

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException {
        certificates = new TestCertificates(folder).sign("server").sign("client");
        certificates.authority();
        certificates.certificate("server", "server.pem");
        certificates.key("server", "server.key");
    }

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void theApiIsServedWithTheCertificateThatIsSet(TestStore store) throws Exception {
        try (var server = server(store, Map.of("certificate", "server.pem", "key", "server.key"))) {
            var written = send(server, "https", "PUT", certificates.client());
            var read = send(server, "https", "GET", certificates.client());

            assertThat(written.statusCode()).isEqualTo(201);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).contains("\"key\":\"/apisix/services/1\"");
            assertThat(read.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> send(server, "http", "GET", certificates.client()));
        }
    }

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void clientsNeedACertificateWhereAnAuthorityIsSet(TestStore store) throws Exception {
        var settings = Map.of("certificate", "server.pem", "key", "server.key", "client-ca", "ca.pem");
        try (var server = server(store, settings)) {
            var known = send(server, "https", "PUT", certificates.client("client"));

            assertThat(known.statusCode()).isEqualTo(201);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> send(server, "https", "PUT", certificates.client()));
            assertThat(server.stored()).containsOnlyKeys("services/1");
        }
    }

    private AdminServer server(TestStore store, Map<String, String> tls) throws InterruptedException {
        var settings = new HashMap<String, String>();
        tls.forEach((name, file) ->
                settings.put("suimon.admin.tls." + name, folder.resolve(file).toString()));
        return store.open(stores, settings);
    }

    private static HttpResponse<String> send(AdminServer server, String scheme, String method, SSLContext context)
            throws IOException, InterruptedException {
        var body =
                method.equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("{}");
        var request = HttpRequest.newBuilder(
                        URI.create(scheme + "://127.0.0.1:" + server.port() + "/apisix/admin/services/1"))
                .header("X-API-KEY", AdminServer.KEY)
                .method(method, body)
                .build();
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
