package io.suimon.it.registries;

import io.suimon.harness.Gateway;
import io.suimon.harness.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.awaitility.Awaitility.await;

/** The real naming server of Nacos, alone; what is registered outlives it on its disk. */
final class NacosRegistry implements TestedRegistry {

    private static final Duration ELECTED_WITHIN = Duration.ofMinutes(1);

    private final int port = Ports.free(1).getFirst();
    private final RegistryProcess process;
    private final PlacedPorts placed = new PlacedPorts();

    NacosRegistry(Path folder) throws IOException {
        process = new RegistryProcess(
                        "nacos",
                        folder,
                        List.of(
                                "--add-opens=java.base/java.lang=ALL-UNNAMED", // its Spring is of Java 8
                                "-Dnacos.standalone=true",
                                "-Dnacos.home=" + folder,
                                "-Duser.home=" + folder,
                                "com.alibaba.nacos.naming.NamingApp",
                                "--server.address=127.0.0.1",
                                "--server.port=" + port,
                                "--server.servlet.context-path=/nacos"),
                        uri("/api/hello"))
                .start();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/nacos/v1/ns" + path);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "SUIMON_DISCOVERY_NACOS_HOST",
                "http://127.0.0.1:" + port,
                "SUIMON_DISCOVERY_NACOS_FETCH_INTERVAL",
                "500ms");
    }

    @Override
    public String upstream(String service) {
        return TestedRegistry.upstream("nacos", service);
    }

    @Override
    public void place(int... ports) {
        placed.place(ports, each -> change("POST", each), each -> change("DELETE", each));
    }

    /** A server that has just started has no leader for a moment, and refuses. */
    private void change(String method, int instance) {
        var request = HttpRequest.newBuilder(
                        uri("/instance?serviceName=web&ip=127.0.0.1&port=%d&weight=1&enabled=true&healthy=true"
                                .formatted(instance)))
                .method(method, BodyPublishers.noBody());
        await().atMost(ELECTED_WITHIN)
                .until(() -> Gateway.send(request.copy()).body().equals("ok"));
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void kill() {
        process.close();
    }

    @Override
    public void startAgain() {
        process.start();
    }

    @Override
    public void close() {
        process.close();
    }
}
