package io.suimon.it.etcd;

import io.suimon.harness.EtcdCluster;
import io.suimon.harness.EtcdMember;
import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import io.suimon.it.Checkout;
import io.suimon.it.stream.TestNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A control plane has two connections to etcd, whatever hangs on it. */
class EtcdConnectionsIT {

    private static final int ESTABLISHED = 1;
    private static final int MANY_NODES = 20;
    private static final int MANY_ROUTES = 10_000;
    private static final int PER_TRANSACTION = 100;

    @TempDir
    Path folder;

    private final List<TestNode> nodes = new ArrayList<>();
    private EtcdCluster cluster;
    private Gateway gateway;
    private PlaneProcess controlPlane;

    @BeforeEach
    void start() {
        cluster = EtcdCluster.start(3, folder.resolve("etcd"));
        gateway = new Gateway(Checkout.ROOT, folder.resolve("gateway"));
        controlPlane =
                gateway.startControlPlane(List.of(), cluster.directSettings()).awaitReady();
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
        controlPlane.close();
        cluster.close();
    }

    @Test
    void twoConnectionsHoweverManyNodesAndResources() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThat(put(i).statusCode()).isEqualTo(201);
        }
        addNode();
        long few = connections();

        while (nodes.size() < MANY_NODES) {
            addNode();
        }
        putMany();
        assertThat(put(0).statusCode()).isEqualTo(200);
        awaitNodes();
        long many = connections();

        assertThat(few).isEqualTo(2);
        assertThat(many).isEqualTo(2);
    }

    private java.net.http.HttpResponse<String> put(int id) {
        return gateway.admin("PUT", "/apisix/admin/routes/" + id, route(id));
    }

    private static String route(int id) {
        return "{\"uri\":\"/%d\",\"upstream\":{\"nodes\":{\"127.0.0.1:1\":1}}}".formatted(id);
    }

    private void addNode() throws IOException {
        nodes.add(new TestNode("node-" + nodes.size(), gateway.streamPort(), Map.of()));
    }

    /** Past the Admin API, which is not what is tested here. */
    private void putMany() throws IOException {
        for (int from = 10; from < MANY_ROUTES; from += PER_TRANSACTION) {
            var puts = new StringBuilder("\n");
            for (int id = from; id < from + PER_TRANSACTION; id++) {
                puts.append("put /apisix/routes/")
                        .append(id)
                        .append(" '")
                        .append(route(id))
                        .append("'\n");
            }
            var file = Files.writeString(folder.resolve("transaction"), puts.append("\n\n"));
            cluster.ctl(file, "txn");
        }
    }

    private void awaitNodes() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(nodes)
                        .allSatisfy(node -> assertThat(node.content()).hasSizeGreaterThanOrEqualTo(MANY_ROUTES)));
    }

    /** Sockets of the process that are connected to a member. */
    private long connections() throws IOException {
        var own = sockets(controlPlane.pid());
        var ports = cluster.members().stream().map(EtcdMember::port).collect(Collectors.toSet());
        try (var tables = Stream.of("/proc/net/tcp", "/proc/net/tcp6").map(Path::of)) {
            return tables.flatMap(table -> lines(table).stream())
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> fields.length > 9 && fields[3].matches("[0-9A-F]{2}"))
                    .filter(fields -> Integer.parseInt(fields[3], 16) == ESTABLISHED)
                    .filter(fields ->
                            ports.contains(Integer.parseInt(fields[2].substring(fields[2].indexOf(':') + 1), 16)))
                    .filter(fields -> own.contains(fields[9]))
                    .count();
        }
    }

    private static Set<String> sockets(long pid) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors
                    .map(EtcdConnectionsIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed since
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
