package io.suimon.it.registries;

import io.suimon.harness.Gateway;
import io.suimon.harness.NodeSite;
import io.suimon.harness.Origin;
import io.suimon.harness.PlaneProcess;
import io.suimon.it.Checkout;
import io.suimon.it.registries.TestedRegistry.Opening;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What traffic through a whole node sees of a registry that works, changes, dies and comes back: the same with all of them. */
class RegistriesIT {

    private static final int REQUESTS = 20;

    /** What a node may hold to a registry with one service that is followed, and one that is not known. */
    private static final long MAX_CONNECTIONS = 4;

    private static final Origin FIRST = new Origin("first");
    private static final Origin SECOND = new Origin("second");

    @TempDir
    static Path folder;

    private static Gateway gateway;
    private static PlaneProcess controlPlane;

    @BeforeAll
    static void start() {
        gateway = new Gateway(Checkout.ROOT, folder);
        controlPlane = gateway.startControlPlane(List.of(), Map.of()).awaitReady();
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
        FIRST.close();
        SECOND.close();
    }

    static Stream<Arguments> registries() {
        return Stream.of(
                registry("eureka", EurekaRegistry::new),
                registry("nacos", NacosRegistry::new),
                registry("consul", unused -> new Consul(Consul.Place.CATALOGUE)),
                registry("consul_kv", unused -> new Consul(Consul.Place.KEYS)),
                registry("kubernetes", unused -> new KubernetesCluster()));
    }

    private static Arguments registry(String type, Opening opening) {
        return arguments(type, opening);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("registries")
    void trafficFollowsARegistryAndGoesOnWithoutIt(String type, Opening opening) throws Exception {
        var own = Files.createDirectory(folder.resolve(type));
        var site = NodeSite.in(Checkout.ROOT, own);
        try (var registry = opening.in(own)) {
            route(type + "/web", registry.upstream("web"));
            registry.place(FIRST.port());

            try (var node = start(site, registry)) {
                following(site, type, registry);
                gone(site, type, registry);
                assertThat(NodeSockets.to(registry.port(), node.pid())).isLessThanOrEqualTo(MAX_CONNECTIONS);
                soon().until(() -> kept(site), text -> text.contains(at(SECOND)) && !text.contains(at(FIRST)));
            }
            try (var node = start(site, registry)) {
                assertThat(answers(site, type)).containsOnly("second");

                registry.startAgain();
                registry.place(FIRST.port());

                soon().until(() -> answers(site, type), Set.of("first")::equals);
                // Between two questions there may be none for a moment.
                soon().until(() -> NodeSockets.to(registry.port(), node.pid()) > 0);
                assertThat(NodeSockets.to(registry.port(), node.pid())).isLessThanOrEqualTo(MAX_CONNECTIONS);
                assertThat(node.log())
                        .contains("1 endpoints known before are used")
                        .doesNotContain("defect");
            }
        }
    }

    private static void following(NodeSite site, String type, TestedRegistry registry) throws Exception {
        soon().until(() -> answers(site, type), Set.of("first")::equals);
        assertThat(dump(site, type).body())
                .contains(at(FIRST))
                .contains(type.equals("kubernetes") ? "{\"endpoints\":" : "{\"services\":")
                .contains("\"config\":");
        assertThat(dump(site, type).headers().firstValue("Content-Type")).contains("application/json");
        assertThat(dump(site, type.equals("consul") ? "consul_kv" : "consul").statusCode())
                .isEqualTo(404);

        registry.place(FIRST.port(), SECOND.port());

        soon().until(() -> answers(site, type), Set.of("first", "second")::equals);

        registry.place(SECOND.port());

        soon().until(() -> answers(site, type), Set.of("second")::equals);
    }

    private static void gone(NodeSite site, String type, TestedRegistry registry) throws Exception {
        registry.kill();

        soon().until(() -> silentServices(site) == 1);
        assertThat(answers(site, type)).containsOnly("second");

        route(type + "/unknown", registry.upstream("unknown"));

        soon().until(() -> site.get("/" + type + "/unknown").statusCode(), status -> status == 503);
        assertThat(answers(site, type)).containsOnly("second");
    }

    private static PlaneProcess start(NodeSite site, TestedRegistry registry) {
        return site.start(List.of(), List.of(gateway.streamPort()), registry.settings())
                .awaitReady();
    }

    private static void route(String path, String upstream) {
        var route = "{\"uri\":\"/%s\",\"upstream\":%s}".formatted(path, upstream);
        var answer = gateway.admin("PUT", "/apisix/admin/routes/" + path.replace('/', '-'), route);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String at(Origin origin) {
        return "\"port\":%d,".formatted(origin.port());
    }

    private static HttpResponse<String> dump(NodeSite site, String type) {
        return site.control("/v1/discovery/" + type + "/dump", "*/*");
    }

    /** The different answers to some requests in a row. */
    private static Set<String> answers(NodeSite site, String type) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> site.get("/" + type + "/web").body())
                .collect(Collectors.toSet());
    }

    /** What a node that starts now finds on its disk. */
    private static String kept(NodeSite site) throws IOException {
        var file = site.cache().resolve("services.bin");
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    private static double silentServices(NodeSite site) {
        var name = "suimon_discovery_silent_services ";
        return site.metrics()
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(2));
    }
}
