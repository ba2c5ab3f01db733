package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.HttpConnection;
import io.suimon.harness.Origin;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A node that is told to stop under load costs no request of a client that does as it is told. */
class GracefulStopIT {

    private static final List<String> UNPINNED = List.of();
    private static final int CLIENTS = 8;

    @TempDir
    Path folder;

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger ofHttp2 = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void stoppingUnderLoadCostsNoRequest() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        certificate();
        try (var origin = new Origin("hello");
                var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of()).awaitReady();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            put(gateway, "routes/1", "{\"uri\":\"/*\",\"upstream\":{\"nodes\":{\"" + origin.node() + "\":1}}}");
            put(
                    gateway,
                    "ssls/1",
                    "{\"sni\":\"localhost\",\"cert\":\"" + pem("a.crt") + "\",\"key\":\"" + pem("a.key") + "\"}");
            var trusting = HttpClient.newBuilder().sslContext(trusting()).build();
            await().ignoreExceptions().until(() -> overHttp2(gateway, trusting) == 200);
            var clients = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> askOverHttp1(gateway.trafficPort())));
                clients.add(threads.submit(() -> askOverHttp2(gateway, trusting)));
            }
            await().until(() -> answered.get() > 500 && ofHttp2.get() > 500);

            long begun = System.nanoTime();
            dataPlane.terminate();
            var took = Duration.ofNanos(System.nanoTime() - begun);
            for (var client : clients) {
                client.get();
            }

            assertThat(failures).isEmpty();
            assertThat(took).isLessThan(TestPatience.LONG); // of the drain
            assertThat(dataPlane.log()).contains("stopped").doesNotContain("cut off");
            assertThat(controlPlane.alive()).isTrue();
        }
    }

    /** Asks until it is told that no more requests are taken. */
    private void askOverHttp1(int port) {
        try (var connection = new HttpConnection(port, 10_000)) {
            while (connection.kept()) {
                var status = connection.get("/");
                if (!status.startsWith("HTTP/1.1 200 ")) {
                    failures.add(status);
                }
                answered.incrementAndGet();
            }
        } catch (IOException e) {
            failures.add("HTTP/1.1: " + e);
        }
    }

    /** Asks until its connection takes no more streams, and there is no other. */
    private void askOverHttp2(Gateway gateway, HttpClient client) {
        try {
            while (true) {
                int status = overHttp2(gateway, client);
                if (status != 200) {
                    failures.add("HTTP/2: " + status);
                }
                ofHttp2.incrementAndGet();
            }
        } catch (ConnectException e) {
            // It was told to go, and there is nowhere else.
        } catch (IOException e) {
            failures.add("HTTP/2: " + e);
        }
    }

    private static int overHttp2(Gateway gateway, HttpClient client) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.tlsPort() + "/"))
                .timeout(TestPatience.LONG)
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.version() == HttpClient.Version.HTTP_2 ? answer.statusCode() : 505;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private SSLContext trusting() throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(folder.resolve("a.crt"))) {
            trusted.setCertificateEntry(
                    "a", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static void put(Gateway gateway, String path, String json) {
        var answer = gateway.admin("PUT", "/apisix/admin/" + path, json);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private String pem(String file) throws IOException {
        return Files.readString(folder.resolve(file)).replace("\n", "\\n");
    }

    private void certificate() throws Exception {
        var made = new ProcessBuilder(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
                                + " -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout a.key -out a.crt")
                        .split(" ", -1))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
    }
}
