package io.suimon.bench;

import io.suimon.bench.load.OwnOrigin;
import io.suimon.harness.Cores;
import io.suimon.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is behind the proxies, on the load's core: nginx for HTTP and gRPC, and ours for bodies and WebSockets. Closing it ends them. */
final class Origins implements AutoCloseable {

    private final int httpPort;
    private final int grpcPort;
    private final OwnOrigin echo = OwnOrigin.echo();
    private final OwnOrigin bodies = OwnOrigin.ofBodies();
    private final Launched nginx;

    Origins(Path folder) {
        var ports = Ports.free(2);
        httpPort = ports.get(0);
        grpcPort = ports.get(1);
        var files = folder.resolve("files");
        write(files.resolve("16k"), "x".repeat(16 * 1024));
        write(files.resolve("1m"), "x".repeat(1024 * 1024));
        write(files.resolve("bench.Echo/Say"), Catalogue.UNARY_MESSAGE);
        var config = Template.write(
                "origin.conf",
                folder,
                Map.of(
                        "folder",
                        folder.toString(),
                        "originPort",
                        "" + httpPort,
                        "grpcPort",
                        "" + grpcPort,
                        "hundred",
                        "x".repeat(100)));
        nginx = new Launched(
                Cores.onTheLoads(),
                List.of(Rival.NGINX.file().toString(), "-p", folder.toString(), "-c", config.toString()),
                folder.resolve("origin.log"),
                httpPort);
    }

    int port(Backend backend) {
        return switch (backend) {
            case HTTP -> httpPort;
            case BODIES -> bodies.port();
            case ECHO -> echo.port();
            case GRPC -> grpcPort;
        };
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nginx.close();
        echo.close();
        bodies.close();
    }
}
