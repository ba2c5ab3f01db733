package io.suimon.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.harness.Gateway;
import io.suimon.harness.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The manifests mean what they say: what they start becomes ready by their own probes and carries traffic. */
class KubernetesManifestsIT {

    /** How a process ends that was told to: of itself, or by the signal once all was stopped; whichever the JVM sees first. */
    private static final List<Integer> HEEDED = List.of(0, 143);

    @TempDir
    Path folder;

    private final Manifests manifests =
            new Manifests().file("control-plane.yaml").file("data-plane.yaml").file("etcd.yaml");

    @Test
    void everythingStartsAsWrittenAndCarriesTraffic() throws Exception {
        manifests.text(secrets());
        int etcdPort = Ports.free(1).getFirst();
        int peerPort = Ports.free(1).getFirst();
        try (var etcd = start("StatefulSet", "suimon-etcd", etcdPort, peerPort).awaitProbe("readinessProbe");
                var controlPlane = start("Deployment", "suimon-control-plane", etcdPort, peerPort)
                        .awaitProbe("startupProbe")
                        .awaitProbe("livenessProbe")
                        .awaitProbe("readinessProbe");
                var dataPlane = start("Deployment", "suimon-data-plane", etcdPort, peerPort)
                        .awaitProbe("startupProbe")
                        .awaitProbe("livenessProbe")
                        .awaitProbe("readinessProbe")) {
            var key = new String(manifests.secret("suimon-admin", "key"), StandardCharsets.UTF_8);
            var put = Gateway.send(HttpRequest.newBuilder(local(controlPlane.port("admin"), "/apisix/admin/routes/1"))
                    .header("X-API-KEY", key)
                    .PUT(HttpRequest.BodyPublishers.ofString(
                            "{\"uri\":\"/status\",\"upstream\":{\"nodes\":{\"127.0.0.1:%d\":1}}}"
                                    .formatted(dataPlane.port("status")))));

            assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
            await().until(() -> Gateway.send(HttpRequest.newBuilder(local(dataPlane.port("http"), "/status")))
                            .statusCode()
                    == 200);
            assertThat(etcd.log()).isNotEmpty();
            assertThat(dataPlane.terminate(grace("suimon-data-plane"))).isIn(HEEDED);
            assertThat(controlPlane.terminate(grace("suimon-control-plane"))).isIn(HEEDED);
        }
    }

    @Test
    void everyWorkloadIsRestricted() {
        for (var object : manifests.objects()) {
            var pod = object.at("/spec/template/spec");
            if (pod.isMissingNode()) {
                continue;
            }
            var name = object.at("/metadata/name").asText();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(pod.at("/automountServiceAccountToken").asBoolean(true))
                    .as(name)
                    .isFalse();
            for (var container : pod.path("containers")) {
                var security = container.path("securityContext");
                assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                        .as(name)
                        .isTrue();
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(name)
                        .isFalse();
                assertThat(security.at("/capabilities/drop/0").asText())
                        .as(name)
                        .isEqualTo("ALL");
            }
        }
    }

    @Test
    void servicesFindTheirPodsAndPorts() {
        for (var service : manifests.objects()) {
            if (!service.path("kind").asText().equals("Service")) {
                continue;
            }
            var name = service.at("/metadata/name").asText();
            var workload = manifests.objects().stream()
                    .filter(object ->
                            object.at("/spec/template/metadata/labels").equals(service.at("/spec/selector")))
                    .findFirst();
            assertThat(workload).as(name).isPresent();
            for (var port : service.at("/spec/ports")) {
                assertThat(portNames(workload.orElseThrow()))
                        .as(name)
                        .contains(port.path("targetPort").asText());
            }
        }
    }

    private static java.util.List<String> portNames(JsonNode workload) {
        return workload.at("/spec/template/spec/containers/0/ports").findValuesAsText("name");
    }

    private Duration grace(String deployment) {
        return Duration.ofSeconds(manifests
                .object("Deployment", deployment)
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asLong());
    }

    private ContainerProcess start(String kind, String name, int etcdPort, int peerPort) {
        var secretFiles = folder.resolve("stream-tls");
        manifests.writeSecret("suimon-stream-tls", secretFiles, "ca.crt", "tls.crt", "tls.key");
        var plane = name.replace("suimon-", "");
        Map<String, String> here = new LinkedHashMap<>();
        here.put("@/app/", "@" + Checkout.ROOT.resolve(plane + "/src/main/jib/app") + "/");
        here.put(
                "/app/quarkus-run.jar",
                Checkout.ROOT
                        .resolve(plane + "/target/quarkus-app/quarkus-run.jar")
                        .toString());
        here.put("/etc/suimon/stream-tls", secretFiles.toString());
        here.put("/var/cache/suimon", folder.resolve("cache").toString());
        here.put("/var/lib/etcd", folder.resolve("etcd").toString());
        here.put("suimon-etcd:2379", "127.0.0.1:" + etcdPort);
        here.put("suimon-control-plane:", "localhost:");
        here.put("0.0.0.0", "127.0.0.1");
        here.put("2379", "" + etcdPort);
        here.put("2380", "" + peerPort);
        return new ContainerProcess(manifests.container(kind, name), manifests, here, folder.resolve(plane + ".log"));
    }

    private static String secrets() throws IOException, InterruptedException {
        var process = new ProcessBuilder(Checkout.ROOT
                        .resolve("deploy/kubernetes/make-secrets.sh")
                        .toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return yaml;
    }

    private static URI local(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
