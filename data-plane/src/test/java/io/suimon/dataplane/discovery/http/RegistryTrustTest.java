package io.suimon.dataplane.discovery.http;

import io.suimon.dataplane.discovery.TestCertificate;
import io.suimon.dataplane.discovery.http.RegistryClient.Question;
import io.suimon.dataplane.discovery.http.TestServer.Answer;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which servers of registries are believed over HTTPS. */
class RegistryTrustTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestHost HOST = new TestHost();

    @TempDir
    Path folder;

    private static int status(RegistryTrust trust, TestServer server) throws IOException, InterruptedException {
        var host = HOST.host();
        var trusting = new RegistryHost(host.vertx(), host.random(), host.clock(), host.nanoTime(), trust);
        try (var client = new RegistryClient(trusting, SOON, 1000, 1)) {
            var to = RegistryServer.parse("servers", List.of(server.url())).getFirst();
            return client.ask(to, Question.get("/", Map.of()), SOON).status();
        }
    }

    private static TestServer server(TestCertificate certificate) throws Exception {
        return new TestServer(request -> Answer.ok("{}"), certificate.context());
    }

    @Test
    void aServerWhoseCertificateIsInTheFileIsBelieved() throws Exception {
        var certificate = TestCertificate.in(folder);
        var trust = RegistryTrust.of(Optional.of(certificate.writeTo(folder.resolve("ca.crt"))));

        try (var server = server(certificate)) {

            assertThat(status(trust, server)).isEqualTo(200);
        }
    }

    @Test
    void withoutAFileItTakesThoseOfJava() throws Exception {
        try (var server = server(TestCertificate.in(folder))) {

            assertThatThrownBy(() -> status(RegistryTrust.of(Optional.empty()), server))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(server.url() + ": TLS fails: ");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherNameIsNone() throws Exception {
        var certificate = TestCertificate.in(folder, "dns:registry.example");
        var trust = RegistryTrust.of(Optional.of(certificate.writeTo(folder.resolve("ca.crt"))));

        try (var server = server(certificate)) {

            assertThatThrownBy(() -> status(trust, server))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(server.url() + ": TLS fails: ");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void whoIsInNoFileIsNotBelievedWhateverJavaHas() throws Exception {
        var other = Files.createDirectory(folder.resolve("other"));
        var trust = RegistryTrust.of(Optional.of(TestCertificate.in(other).writeTo(folder.resolve("ca.crt"))));

        try (var server = server(TestCertificate.in(folder))) {

            assertThatThrownBy(() -> status(trust, server)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void whatIsNoFileOfCertificatesEndsTheStart(String content) throws Exception {
        var file = Files.writeString(folder.resolve("ca.crt"), content);

        assertThatThrownBy(() -> RegistryTrust.of(Optional.of(file)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(
                        "suimon.discovery.ca: " + file + " (expected: a file of certificates, as PEM; ");
    }

    @Test
    void aFileThatIsNotThereEndsTheStart() {
        var file = folder.resolve("none.crt");

        assertThatThrownBy(() -> RegistryTrust.of(Optional.of(file)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("none.crt: cannot be read");
    }
}
