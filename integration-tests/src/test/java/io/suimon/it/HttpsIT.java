package io.suimon.it;

import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Certificates as people manage them: written over the Admin API, met by the clients of a node. */
class HttpsIT {

    private static final List<String> UNPINNED = List.of();
    private static final int CLIENTS = 4;

    private record Outcome(int exitCode, String output) {}

    @TempDir
    Path folder;

    private Gateway gateway;

    @BeforeEach
    void prepare() {
        gateway = new Gateway(Checkout.ROOT, folder);
    }

    @Test
    void aCertificateIsServedReplacedUnderLoadAndRemoved() throws Exception {
        certificate("first");
        certificate("second");
        try (var origin = new Origin("hello");
                var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of()).awaitReady()) {
            put("routes/1", "{\"uri\":\"/*\",\"upstream\":{\"nodes\":{\"" + origin.node() + "\":1}}}");
            assertThat(curl("first").exitCode()).isNotZero();

            put("ssls/1", server("first"));
            await().untilAsserted(() -> assertThat(curl("first")).isEqualTo(new Outcome(0, "hello")));
            assertThat(gateway.admin("GET", "/apisix/admin/ssls/1", "").body()).doesNotContain("PRIVATE");

            replaceUnderLoad();

            gateway.admin("DELETE", "/apisix/admin/ssls/1", "");
            await().until(() -> curl("second").output().contains("internal error"));
            assertThat(gateway.metrics().body())
                    .contains("suimon_tls_handshakes_total{resumed=\"no\"}")
                    .contains("suimon_tls_handshake_failures_total{reason=\"unknown_server_name\"}");
            assertNoKeyIn(controlPlane, dataPlane);
        }
    }

    /** Old connections go on, new ones get the new certificate, and nobody is refused at any moment. */
    private void replaceUnderLoad() throws Exception {
        var both = Files.writeString(
                folder.resolve("both.crt"), read("first.crt") + read("second.crt"), StandardCharsets.US_ASCII);
        var failures = new ConcurrentLinkedQueue<Outcome>();
        var answered = new AtomicInteger();
        var goOn = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                threads.execute(() -> {
                    while (goOn.get()) {
                        var outcome = curlTwice(both.getFileName().toString());
                        if (outcome.equals(new Outcome(0, "hellohello"))) {
                            answered.incrementAndGet();
                        } else {
                            failures.add(outcome);
                        }
                    }
                });
            }
            await().until(() -> answered.get() > 20);
            put("ssls/1", server("second"));
            await().until(() -> curl("second").exitCode() == 0);
            int then = answered.get();
            await().until(() -> answered.get() > then + 20);
            goOn.set(false);
        }
        assertThat(failures).isEmpty();
        assertThat(curl("first").exitCode()).isNotZero();
    }

    @Test
    void aNodeThatStartsWithoutAControlPlaneServesItsCertificates() throws Exception {
        certificate("first");
        try (var origin = new Origin("hello");
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of())) {
            try (var controlPlane =
                    gateway.startControlPlane(UNPINNED, Map.of()).awaitReady()) {
                put("routes/1", "{\"uri\":\"/*\",\"upstream\":{\"nodes\":{\"" + origin.node() + "\":1}}}");
                put("ssls/1", server("first"));
                await().untilAsserted(() -> assertThat(curl("first")).isEqualTo(new Outcome(0, "hello")));
                assertThat(controlPlane.log()).doesNotContain("PRIVATE");
            }
            dataPlane.terminate();
            dataPlane.restart();
            dataPlane.awaitReady();

            assertThat(curl("first")).isEqualTo(new Outcome(0, "hello"));
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsNamedAndTheLastGoodPairStays() throws Exception {
        certificate("first");
        certificate("second");
        try (var origin = new Origin("hello");
                var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of()).awaitReady()) {
            put("routes/1", "{\"uri\":\"/*\",\"upstream\":{\"nodes\":{\"" + origin.node() + "\":1}}}");
            put("ssls/1", server("first"));
            await().until(() -> curl("first").exitCode() == 0);

            put("ssls/1", pair("second.crt", "first.key"));

            await().untilAsserted(() -> assertThat(
                            gateway.admin("GET", "/suimon/v1/nodes", "").body())
                    .contains("\"kind\":\"ssls\",\"id\":\"1\"", "the key is not that of CN=a.test"));
            assertThat(curl("first")).isEqualTo(new Outcome(0, "hello"));
            assertNoKeyIn(controlPlane, dataPlane);
        }
    }

    @Test
    void thatCertificatesOfUpstreamsAreNotVerifiedIsSaidOnce() throws Exception {
        certificate("first");
        try (var origin = new Origin("hello");
                var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of()).awaitReady()) {
            put("ssls/1", server("first"));
            put("routes/origin", "{\"uri\":\"/*\",\"upstream\":{\"nodes\":{\"" + origin.node() + "\":1}}}");
            for (int id = 1; id <= 3; id++) {
                put("routes/" + id, overTls("/itself/" + id));
                var path = "/itself/" + id;
                await().until(() -> gateway.get(path).body().equals("hello"));
            }

            assertThat(dataPlane.log().split("certificates of https upstreams are not verified", -1))
                    .hasSize(2);
            assertThat(controlPlane.alive()).isTrue();
        }
    }

    /** The node itself as an upstream, by its certificate, which nobody vouches for. */
    private String overTls(String uri) {
        return "{\"uri\":\"%s\",\"plugins\":{\"proxy-rewrite\":{\"uri\":\"/\"}},\"upstream\":{\"scheme\":\"https\",\"pass_host\":\"rewrite\",\"upstream_host\":\"a.test\",\"nodes\":{\"127.0.0.1:%d\":1}}}"
                .formatted(uri, gateway.tlsPort());
    }

    @Test
    void theGuideIsTrueWhenPasted() throws Exception {
        try (var origin = new Origin("hello");
                var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of()).awaitReady()) {
            var guide = Files.readString(Checkout.ROOT.resolve("docs/tls.md"))
                    .replace("key=$(cat .suimon/admin.key)", "key=" + ControlPlaneSite.ADMIN_KEY)
                    .replace("127.0.0.1:9180", "127.0.0.1:" + gateway.adminPort())
                    .replace("127.0.0.1:7085", origin.node())
                    .replace(":9443", ":" + gateway.tlsPort());
            var blocks = guide.split("\n```(sh)?\n", -1);
            var serve = blocks[1];
            var clients = blocks[3];

            var served = run("bash", "-c", serve);
            var asked = run("bash", "-c", serve.substring(0, serve.indexOf("openssl")) + clients);

            assertThat(served.output()).contains("HTTP/2 200").doesNotContain("curl: (");
            assertThat(asked.output()).contains("HTTP/2 400", "HTTP/2 200").doesNotContain("curl: (");
            assertNoKeyIn(controlPlane, dataPlane);
        }
    }

    private void assertNoKeyIn(PlaneProcess... planes) {
        for (var plane : planes) {
            assertThat(plane.log()).doesNotContain("PRIVATE KEY");
        }
    }

    private void put(String path, String body) {
        var answer = gateway.admin("PUT", "/apisix/admin/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private String server(String name) {
        return pair(name + ".crt", name + ".key");
    }

    private String pair(String certificate, String key) {
        return "{\"sni\":\"a.test\",\"cert\":\"" + read(certificate).replace("\n", "\\n") + "\",\"key\":\""
                + read(key).replace("\n", "\\n") + "\"}";
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void certificate(String name) {
        var made = run(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=a.test"
                        + " -addext subjectAltName=DNS:a.test -keyout " + name + ".key -out " + name + ".crt")
                .split(" "));
        assertThat(made.exitCode()).as(made.output()).isZero();
    }

    /** A page, where this certificate is shown. */
    private Outcome curl(String trusted) {
        return curl(trusted + ".crt", "/");
    }

    /** Two pages on one connection. */
    private Outcome curlTwice(String trusted) {
        return curl(trusted, "/{1,2}");
    }

    private Outcome curl(String trusted, String path) {
        var port = gateway.tlsPort();
        return run(("curl -sS --noproxy * --cacert " + trusted + " --resolve a.test:" + port + ":127.0.0.1"
                        + " https://a.test:" + port + path)
                .split(" "));
    }

    private Outcome run(String... command) {
        try {
            var process = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
