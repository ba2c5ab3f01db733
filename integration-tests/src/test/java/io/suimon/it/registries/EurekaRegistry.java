package io.suimon.it.registries;

import io.suimon.harness.Gateway;
import io.suimon.harness.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Eureka server, which forgets everything when it is killed. */
final class EurekaRegistry implements TestedRegistry {

    private static final int REGISTERED = 204;
    private static final int CANCELLED = 200;

    private final int port = Ports.free(1).getFirst();
    private final RegistryProcess process;
    private final PlacedPorts placed = new PlacedPorts();

    EurekaRegistry(Path folder) throws IOException {
        process = new RegistryProcess(
                        "eureka",
                        folder,
                        List.of(
                                "io.suimon.registries.eureka.EurekaServer",
                                "--server.address=127.0.0.1",
                                "--server.port=" + port,
                                "--spring.main.banner-mode=off",
                                "--eureka.client.register-with-eureka=false",
                                "--eureka.client.fetch-registry=false",
                                "--eureka.server.use-read-only-response-cache=false"),
                        uri("/eureka/apps"))
                .start();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "SUIMON_DISCOVERY_EUREKA_HOST",
                "http://127.0.0.1:" + port,
                "SUIMON_DISCOVERY_EUREKA_FETCH_INTERVAL",
                "500ms");
    }

    @Override
    public String upstream(String service) {
        return TestedRegistry.upstream("eureka", service);
    }

    @Override
    public void place(int... ports) {
        placed.place(ports, this::register, this::cancel);
    }

    private void register(int instance) {
        var request = HttpRequest.newBuilder(uri("/eureka/apps/WEB"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(instance(instance)));
        assertThat(Gateway.send(request).statusCode()).isEqualTo(REGISTERED);
    }

    private void cancel(int instance) {
        var request =
                HttpRequest.newBuilder(uri("/eureka/apps/WEB/web-" + instance)).DELETE();
        assertThat(Gateway.send(request).statusCode()).isEqualTo(CANCELLED);
    }

    private static String instance(int port) {
        return """
                {"instance":{"instanceId":"web-%d","hostName":"localhost","app":"WEB","ipAddr":"127.0.0.1","vipAddress":"web",
                  "status":"UP","port":{"$":%d,"@enabled":"true"},"securePort":{"$":443,"@enabled":"false"},
                  "leaseInfo":{"durationInSecs":3600},
                  "dataCenterInfo":{"@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"}}}""".formatted(port, port);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void kill() {
        process.close();
        placed.forget();
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
