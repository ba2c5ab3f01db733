package io.suimon.bench;

import io.suimon.harness.Commands;
import io.suimon.harness.PlaneProcess;
import io.suimon.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The origin, and nginx and HAProxy in front of it. Closing it ends them. */
final class Rivals implements AutoCloseable {

    private static final String PROXY_CORE = "0";
    private static final String ORIGIN_CORE = "1";

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final int originPort;

    Rivals(Path folder) {
        this.folder = folder;
        this.originPort = Ports.free(1).getFirst();
        startOrigin();
    }

    int originPort() {
        return originPort;
    }

    /** Small answers come from its memory: shared with the load, its core must not be what limits the proxies. */
    private void startOrigin() {
        var files = folder.resolve("files");
        write(files.resolve("16k"), "x".repeat(16 * 1024));
        write(files.resolve("1m"), "x".repeat(1024 * 1024));
        var config = write(folder.resolve("origin.conf"), """
                daemon off; worker_processes 1; pid %1$s/origin.pid; error_log %1$s/origin.log;
                events { worker_connections 4096; }
                http {
                  access_log off; keepalive_requests 1000000000; sendfile on; tcp_nopush on; open_file_cache max=10;
                  server {
                    listen 127.0.0.1:%2$d reuseport backlog=4096; root %3$s;
                    location = /100 { return 200 "%4$s"; }
                  }
                }
                """.formatted(folder, originPort, files, "x".repeat(100)));
        launch(ORIGIN_CORE, originPort, nginx(), "-p", folder.toString(), "-c", config.toString());
    }

    /** nginx as a proxy: one worker, keep-alive on both sides, no log. */
    Contender nginxProxy() {
        int port = Ports.free(1).getFirst();
        var config = write(folder.resolve("nginx.conf"), """
                daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
                events { worker_connections 4096; }
                http {
                  access_log off; proxy_temp_path %1$s/proxy;
                  upstream origin { server 127.0.0.1:%3$d; keepalive 320; }
                  server {
                    listen 127.0.0.1:%2$d reuseport backlog=4096;
                    location / {
                      proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection "";
                      proxy_set_header Host $http_host; proxy_set_header X-Real-IP $remote_addr;
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_set_header X-Forwarded-Proto $scheme;
                    }
                  }
                }
                """.formatted(folder, port, originPort));
        var process = launch(PROXY_CORE, port, nginx(), "-p", folder.toString(), "-c", config.toString());
        var version = Commands.output(List.of(nginx(), "-v")).strip().replaceAll(".*/", "");
        return new Contender("nginx", version, port, withChildren(process));
    }

    /** HAProxy: one thread, keep-alive on both sides, no log. */
    Contender haproxy() {
        int port = Ports.free(1).getFirst();
        var config = write(folder.resolve("haproxy.cfg"), """
                global
                  nbthread 1
                  maxconn 4096
                defaults
                  mode http
                  timeout connect 10s
                  timeout client 60s
                  timeout server 60s
                  http-reuse always
                  option forwardfor
                frontend in
                  bind 127.0.0.1:%d
                  default_backend origin
                backend origin
                  server origin 127.0.0.1:%d pool-max-conn 320
                """.formatted(port, originPort));
        var process = launch(PROXY_CORE, port, "/usr/sbin/haproxy", "-db", "-f", config.toString());
        var version = Commands.output(List.of("/usr/sbin/haproxy", "-v")).replaceAll("(?s)^\\D*([\\d.]+\\d).*", "$1");
        return new Contender("HAProxy", version, port, withChildren(process));
    }

    private static String nginx() {
        return "/usr/sbin/nginx";
    }

    private Process launch(String core, int port, String... command) {
        try {
            var pinned = new ArrayList<>(List.of("taskset", "-c", core));
            pinned.addAll(List.of(command));
            var process = new ProcessBuilder(pinned)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("rivals.log").toFile()))
                    .start();
            processes.add(process);
            if (!PlaneProcess.await(() -> accepts(port), Duration.ofSeconds(10))) {
                throw new IllegalStateException(command[0] + " does not listen on port " + port + "; see " + folder);
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Long> withChildren(Process process) {
        var pids = new ArrayList<Long>();
        pids.add(process.pid());
        process.descendants().forEach(child -> pids.add(child.pid()));
        return List.copyOf(pids);
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }
}
