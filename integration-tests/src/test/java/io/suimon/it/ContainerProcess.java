package io.suimon.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A container of a manifest as a process of this machine: its command, its environment, its ports, its probes.
 *
 * <p>What differs between a cluster and one machine is replaced in every argument and value: paths of images and volumes, names of
 * Services, and the address to listen on.
 */
final class ContainerProcess implements AutoCloseable {

    private final JsonNode container;
    private final Map<String, String> replacements;
    private final Path log;
    private final Process process;

    ContainerProcess(JsonNode container, Manifests manifests, Map<String, String> replacements, Path log) {
        this.container = container;
        this.replacements = replacements;
        this.log = log;
        var command = new ArrayList<String>();
        container.path("command").forEach(part -> command.add(here(part.asText())));
        if (command.getFirst().equals("java")) {
            command.set(
                    0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SUIMON_") || name.startsWith("QUARKUS_"));
        for (var variable : container.path("env")) {
            var secret = variable.at("/valueFrom/secretKeyRef");
            builder.environment()
                    .put(
                            variable.path("name").asText(),
                            secret.isMissingNode()
                                    ? here(variable.path("value").asText())
                                    : new String(
                                            manifests.secret(
                                                    secret.path("name").asText(),
                                                    secret.path("key").asText()),
                                            StandardCharsets.UTF_8));
        }
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One pass, so that what replaces something is not replaced itself; never inside a longer address or number. */
    private String here(String text) {
        var names = Pattern.compile(replacements.keySet().stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![0-9.])(?:", ")")));
        return names.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(Objects.requireNonNull(replacements.get(name.group()))));
    }

    /** Waits until a probe succeeds, no longer than the probe itself would. */
    ContainerProcess awaitProbe(String name) {
        var probe = container.path(name);
        int seconds = Math.max(
                30,
                probe.path("periodSeconds").asInt(10)
                        * probe.path("failureThreshold").asInt(3));
        if (!PlaneProcess.await(() -> !process.isAlive() || succeeds(probe), Duration.ofSeconds(seconds))
                || !process.isAlive()) {
            throw new AssertionError(name + " does not succeed; the log:\n" + log());
        }
        return this;
    }

    private boolean succeeds(JsonNode probe) {
        var get = probe.path("httpGet");
        try {
            return io.suimon.harness.Gateway.send(HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + port(get.path("port").asText())
                                            + get.path("path").asText())))
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The number of a named port. */
    int port(String name) {
        for (var port : container.path("ports")) {
            if (port.path("name").asText().equals(name)) {
                return Integer.parseInt(here(port.path("containerPort").asText()));
            }
        }
        throw new AssertionError("no port " + name);
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as the kubelet does, and returns its exit code. */
    int terminate(Duration grace) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + grace + "; the log:\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
