package io.suimon.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * HTTP/2 over TLS by h2load: one thread, so many streams at a time on each connection.
 *
 * @param headers sent with each request
 * @param body of a POST, one character a byte; empty is a GET
 */
public record H2load(int connections, int streams, String path, List<String> headers, String body) implements Load {

    public H2load {
        headers = List.copyOf(headers);
    }

    /** GET of a path. */
    public static H2load get(int connections, int streams, String path) {
        return new H2load(connections, streams, path, List.of(), "");
    }

    @Override
    public Answered run(Door door, int seconds) {
        var log = door.folder().resolve("h2load.log");
        try {
            Files.deleteIfExists(log);
            var output = Tool.run(command(door, seconds, log), door, seconds);
            return H2loadOutput.parse(output, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(Door door, int seconds, Path log) {
        var command = new ArrayList<>(List.of(
                "h2load",
                "-t1",
                "-c" + connections,
                "-m" + streams,
                "-D" + seconds,
                "--tls13-ciphers=" + Tool.CIPHER,
                "--groups=" + Tool.GROUP,
                "--log-file=" + log,
                "--connect-to=" + Door.ADDRESS + ":" + door.tlsPort()));
        for (var header : headers) {
            command.addAll(List.of("-H", header));
        }
        if (!body.isEmpty()) {
            command.addAll(List.of("-d", Tool.written(door, "h2load.body", body).toString()));
        }
        command.add("https://" + Door.NAME + path);
        return command;
    }
}
