package io.suimon.bench;

import io.netty.channel.nio.NioEventLoopGroup;
import io.suimon.harness.Commands;
import io.suimon.harness.Console;
import io.suimon.harness.Descendants;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.Gateway;
import io.suimon.harness.Option;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code ./suimon bench nodes}: how one changed route reaches many nodes, and how a node takes in many routes. Prints Markdown.
 *
 * <p>The control plane and the node are processes as they ship; the many nodes are simulated in this one.
 */
public final class NodesBench {

    private static final String FLEET = "fleet";
    private static final String ROUTES = "routes";
    private static final int CHANGES = 30;
    private static final int FEW_ROUTES = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ANSWERED_BY_NOBODY = "127.0.0.1:9";

    private final Path root;
    private final Path work;

    private NodesBench(Path root, Path work) {
        this.root = root;
        this.work = work;
    }

    /** Arguments: {@code fleet N[,N...]} or {@code routes N[,N...]}. Ends with 1 when a target is missed, 2 when they are others. */
    public static void main(String[] arguments) throws IOException {
        var root = Path.of(System.getProperty("suimon.root", ".")).toAbsolutePath();
        var work = Path.of(System.getProperty("suimon.work", "target/bench"))
                .toAbsolutePath()
                .resolve("nodes-" + ProcessHandle.current().pid());
        List<Integer> sizes;
        try {
            sizes = sizes(List.of(arguments));
        } catch (IllegalArgumentException e) {
            Console.complain(e);
            System.exit(2);
            return;
        }
        Descendants.endWithThisProcess();
        Files.createDirectories(work);
        var bench = new NodesBench(root, work);
        var missed = arguments[0].equals(FLEET) ? bench.fleet(sizes) : bench.routes(sizes);
        missed.forEach(Console::say);
        System.exit(missed.isEmpty() ? 0 : 1);
    }

    private static List<Integer> sizes(List<String> arguments) {
        if (arguments.size() != 2 || !List.of(FLEET, ROUTES).contains(arguments.getFirst())) {
            throw new Option("bench nodes", String.join(" ", arguments)).unlike("fleet N[,N...] or routes N[,N...]");
        }
        return new Option("bench nodes " + arguments.getFirst(), arguments.getLast()).numbers(1, 1_000_000);
    }

    private List<String> routes(List<Integer> sizes) {
        var missed = new ArrayList<String>();
        Console.say(RouteLoad.HEAD);
        for (int size : sizes) {
            var load = routes(size);
            Console.say(load.row());
            missed.addAll(load.missed());
        }
        return missed;
    }

    /** Which targets were missed. */
    private List<String> fleet(List<Integer> sizes) {
        var missed = new ArrayList<String>();
        var gateway = new Gateway(root, work.resolve("fleet"));
        var nodes = new ArrayList<SimulatedNode>();
        var loops = new NioEventLoopGroup(1);
        try (var plane = gateway.startControlPlane(List.of(), Map.of("SUIMON_STREAM_MAX_NODES", "20000"))
                .awaitReady()) {
            for (int i = 0; i < FEW_ROUTES; i++) {
                put(gateway, i, "");
            }
            Console.say(Fleet.HEAD);
            for (int size : sizes) {
                long begin = System.nanoTime();
                while (nodes.size() < size) {
                    var node = new SimulatedNode("node-" + nodes.size(), gateway.streamPort(), loops);
                    nodes.add(node);
                    node.connect();
                }
                awaitAll(gateway, size);
                double connected = seconds(begin);
                var fleet = fleet(gateway, plane, nodes, connected);
                Console.say(fleet.row());
                missed.addAll(fleet.missed());
            }
            return missed;
        } finally {
            nodes.forEach(SimulatedNode::close);
            var unused = loops.shutdownGracefully();
        }
    }

    private static void awaitAll(Gateway gateway, int size) {
        // A request has ten seconds.
        if (!PlaneProcess.await(
                () -> put(gateway, 0, "?wait=applied&timeout=5&min=" + size).equals("applied"), PATIENCE)) {
            throw new IllegalStateException(size + " nodes are not there after " + PATIENCE);
        }
    }

    private static Fleet fleet(Gateway gateway, PlaneProcess plane, List<SimulatedNode> nodes, double connected) {
        int size = nodes.size();
        for (int i = 0; i < CHANGES; i++) {
            put(gateway, 1, "?wait=applied&timeout=9");
        }
        var pids = List.of(plane.pid());
        double cpu = ProcessMeter.cpuMicros(pids);
        var millis = new double[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            long begin = System.nanoTime();
            put(gateway, 1, "?wait=applied&timeout=9&min=" + size);
            millis[i] = seconds(begin) * 1000;
        }
        cpu = (ProcessMeter.cpuMicros(pids) - cpu) / CHANGES / 1000;
        var failure = SimulatedNode.failureOf(nodes);
        if (failure != null) {
            throw new IllegalStateException("a node failed", failure);
        }
        Arrays.sort(millis);
        return new Fleet(
                size,
                connected,
                millis[CHANGES / 2],
                millis[CHANGES - 1],
                cpu,
                liveHeapMiB(plane),
                ProcessMeter.residentMiB(pids),
                nodes.getFirst().deltaBytes());
    }

    private RouteLoad routes(int count) {
        var folder = work.resolve("routes-" + count);
        var gateway = new Gateway(root, folder);
        StoreFill.routes(folder.resolve("store"), count, ANSWERED_BY_NOBODY);
        var loops = new NioEventLoopGroup(1);
        try (var plane = gateway.startControlPlane(List.of(), Map.of()).awaitReady();
                var link = FaultProxy.to(gateway.streamPort());
                var node = gateway.startDataPlane(
                        List.of(),
                        Map.of(
                                "SUIMON_CONTROL_PLANE_ADDRESSES", "127.0.0.1:" + link.port(),
                                "SUIMON_CONTROL_PLANE_BACK_OFF", "10ms",
                                "SUIMON_CONTROL_PLANE_MAX_BACK_OFF", "20ms"))) {
            link.refuse(true);
            PlaneProcess.await(() -> node.log().contains("traffic on"), PATIENCE);
            long begin = System.nanoTime();
            link.refuse(false);
            // A route whose upstream refuses is answered, by 502; what is no route is not found.
            PlaneProcess.await(() -> routed(gateway, "/r/" + (count - 1)), PATIENCE);
            double routing = seconds(begin);
            double live = liveHeapMiB(node);
            var observer = new SimulatedNode("observer", gateway.streamPort(), loops);
            observer.connect();
            put(gateway, 1, "?wait=applied&timeout=9&min=2");
            var millis = new double[CHANGES];
            for (int i = 0; i < CHANGES; i++) {
                long start = System.nanoTime();
                put(gateway, 1, "?wait=applied&timeout=9&min=2");
                millis[i] = seconds(start) * 1000;
            }
            Arrays.sort(millis);
            var load =
                    new RouteLoad(count, routing, live, observer.deltaBytes(), millis[CHANGES / 2], liveHeapMiB(plane));
            observer.close();
            return load;
        } finally {
            var unused = loops.shutdownGracefully();
        }
    }

    private static boolean routed(Gateway gateway, String path) {
        try {
            return gateway.get(path).statusCode() != 404;
        } catch (java.io.UncheckedIOException e) {
            return false;
        }
    }

    /** What the query of the receipt comes to; without one, nothing. */
    private static String put(Gateway gateway, int route, String query) {
        var json = StoreFill.route(route, ANSWERED_BY_NOBODY)
                .replace("{\"id\"", "{\"desc\":\"" + System.nanoTime() + "\",\"id\"");
        var answer = gateway.admin("PUT", "/apisix/admin/routes/" + route + query, json);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.body());
        }
        return answer.headers().firstValue("X-Suimon-Receipt").orElse("");
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** What is left after a collection of everything. */
    private static double liveHeapMiB(PlaneProcess process) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var histogram = Commands.output(List.of(jcmd, Long.toString(process.pid()), "GC.class_histogram"));
        var total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(total.strip().split("\\s+", -1)[2]) / (1 << 20);
    }
}
