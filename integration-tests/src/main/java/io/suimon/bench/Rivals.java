package io.suimon.bench;

import io.suimon.bench.load.Door;
import io.suimon.harness.Cores;
import io.suimon.harness.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The proxies Suimon is measured against: nginx, HAProxy, and those that are installed. Closing it ends them. */
final class Rivals implements AutoCloseable {

    /** Of clients and origins together; nginx ends idle ones when less than a sixteenth of it is left. */
    private static final int MAX_CONNECTIONS = 12_000;

    private final Path folder;
    private final Map<String, String> values;
    private final List<Launched> launched = new ArrayList<>();

    /** Starts none. */
    Rivals(Path folder, Origins origins, Certificate certificate) {
        this.folder = folder;
        this.values = Map.ofEntries(
                Map.entry("folder", folder.toString()),
                Map.entry("certificate", certificate.chain().toString()),
                Map.entry("key", certificate.key().toString()),
                Map.entry("certificateAndKey", certificate.both().toString()),
                Map.entry("originPort", "" + origins.port(Backend.HTTP)),
                Map.entry("bodiesPort", "" + origins.port(Backend.BODIES)),
                Map.entry("echoPort", "" + origins.port(Backend.ECHO)),
                Map.entry("grpcPort", "" + origins.port(Backend.GRPC)),
                Map.entry("maxConnections", "" + MAX_CONNECTIONS));
    }

    /** Starts what all others are compared with. */
    Contender nginx() {
        return start(Rival.NGINX);
    }

    /** Starts the others. */
    List<Contender> others() {
        return Stream.concat(Stream.of(Rival.HAPROXY), Rival.IF_THERE.stream().filter(Rival::installed))
                .map(this::start)
                .toList();
    }

    private Contender start(Rival rival) {
        var ports = Ports.free(2);
        var all = new HashMap<>(values);
        all.put("port", "" + ports.get(0));
        all.put("tlsPort", "" + ports.get(1));
        rival.templates().forEach(template -> Template.write(template, folder, all));
        var command = new ArrayList<>(List.of(rival.file().toString()));
        rival.arguments().forEach(argument -> command.add(Template.filled(argument, all)));
        var log = folder.resolve(rival.program() + ".log");
        var running = new Launched(Cores.onTheProxys(), command, log, ports.get(0));
        launched.add(running);
        return new Contender(
                rival.name(), rival.saidVersion(), new Door(ports.get(0), ports.get(1), folder), running.pids());
    }

    @Override
    public void close() {
        launched.forEach(Launched::close);
    }
}
