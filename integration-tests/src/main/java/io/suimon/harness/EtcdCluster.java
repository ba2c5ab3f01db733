package io.suimon.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Real etcd members on loopback that are one cluster, with a {@link FaultProxy} before each. Not thread-safe. */
public final class EtcdCluster implements AutoCloseable {

    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(1);

    private final List<EtcdMember> members;
    private final List<FaultProxy> proxies;

    private EtcdCluster(List<EtcdMember> members) {
        this.members = List.copyOf(members);
        this.proxies =
                members.stream().map(member -> FaultProxy.to(member.port())).toList();
    }

    /**
     * Starts so many members and waits until all are healthy.
     *
     * @param folder where their data and logs go
     * @param options of etcd, for every member
     */
    public static EtcdCluster start(int size, Path folder, String... options) {
        var ports = Ports.free(2 * size);
        var members = new ArrayList<EtcdMember>();
        for (int i = 0; i < size; i++) {
            var name = "etcd-" + (i + 1);
            members.add(new EtcdMember(name, folder.resolve(name), ports.get(2 * i), ports.get(2 * i + 1)));
        }
        var cluster = new EtcdCluster(members);
        members.forEach(member -> member.launch(cluster.initialCluster(), List.of(options)));
        cluster.awaitHealthy();
        return cluster;
    }

    /** Writes a backup of what is stored now. */
    public void backUp(Path file) {
        Commands.output(List.of(
                "env",
                "ETCDCTL_API=3",
                "etcdctl",
                "--endpoints=" + endpoints().getFirst(),
                "snapshot",
                "save",
                file.toString()));
    }

    /** Kills every member and starts all again on a backup, as a cluster of its own: it has another id, and its revisions go on from the backup's. */
    public void restore(Path backup) {
        members.forEach(EtcdMember::kill);
        members.forEach(member -> member.restore(backup, initialCluster()));
        members.forEach(EtcdMember::start);
        awaitHealthy();
    }

    private String initialCluster() {
        return members.stream()
                .map(member -> member.name() + "=" + member.peerUrl())
                .collect(Collectors.joining(","));
    }

    private List<String> endpoints() {
        return members.stream()
                .filter(EtcdMember::alive)
                .map(member -> "127.0.0.1:" + member.port())
                .toList();
    }

    /** Waits until every member is healthy. */
    public void awaitHealthy() {
        if (!PlaneProcess.await(() -> members.stream().allMatch(EtcdMember::healthy), HEALTHY_WITHIN)) {
            throw new IllegalStateException("etcd is not healthy after " + HEALTHY_WITHIN);
        }
    }

    public List<EtcdMember> members() {
        return members;
    }

    /** What stands before each member, in the same order; without faults at first. */
    public List<FaultProxy> proxies() {
        return proxies;
    }

    /** Settings of a control plane that reaches the members through their proxies. */
    public Map<String, String> settings() {
        return settings(proxies.stream().map(FaultProxy::port).toList());
    }

    /** Settings of a control plane that reaches the members themselves. */
    public Map<String, String> directSettings() {
        return settings(members.stream().map(EtcdMember::port).toList());
    }

    private static Map<String, String> settings(List<Integer> ports) {
        return Map.of(
                "SUIMON_STORE_TYPE",
                "etcd",
                "SUIMON_STORE_ETCD_ENDPOINTS",
                ports.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(",")));
    }

    /** Runs etcdctl against the members that run; returns what it printed. */
    public String ctl(String... arguments) {
        return Commands.output(ctlCommand(arguments));
    }

    /** The same with a file that it reads. */
    public String ctl(Path input, String... arguments) {
        return Commands.output(ctlCommand(arguments), input);
    }

    private List<String> ctlCommand(String... arguments) {
        var command = new ArrayList<>(
                List.of("env", "ETCDCTL_API=3", "etcdctl", "--endpoints=" + String.join(",", endpoints())));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void close() {
        proxies.forEach(FaultProxy::close);
        members.forEach(EtcdMember::kill);
    }
}
