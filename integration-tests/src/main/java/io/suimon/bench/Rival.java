package io.suimon.bench;

import io.suimon.harness.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A proxy Suimon is measured against.
 *
 * @param program its name on the PATH
 * @param templates its configuration, on the class path; {@code {folder}} and the like are filled in
 * @param arguments to start it in the foreground; the same
 * @param versionOption what lets it say its version
 * @param version where that is in what it says
 */
record Rival(
        String name,
        String program,
        List<String> templates,
        List<String> arguments,
        String versionOption,
        Pattern version) {

    static final Rival NGINX = new Rival(
            "nginx",
            "nginx",
            List.of("nginx.conf"),
            List.of("-p", "{folder}", "-c", "{folder}/nginx.conf"),
            "-v",
            Pattern.compile("nginx/([\\d.]+)"));

    static final Rival HAPROXY = new Rival(
            "HAProxy",
            "haproxy",
            List.of("haproxy.cfg"),
            List.of("-db", "-f", "{folder}/haproxy.cfg"),
            "-v",
            Pattern.compile("version ([\\d.]+\\d)"));

    /** Those that are measured where they are installed. */
    static final List<Rival> IF_THERE = List.of(
            new Rival(
                    "Envoy",
                    "envoy",
                    List.of("envoy.yaml"),
                    List.of(
                            "-c",
                            "{folder}/envoy.yaml",
                            "--concurrency",
                            "1",
                            "--disable-hot-restart",
                            "--log-level",
                            "warning"),
                    "--version",
                    Pattern.compile("/(\\d+\\.[\\d.]+)")),
            new Rival(
                    "Traefik",
                    "traefik",
                    List.of("traefik.yaml", "traefik-routes.yaml"),
                    List.of("--configFile={folder}/traefik.yaml"),
                    "version",
                    Pattern.compile("Version:\\s+(\\S+)")));

    /** The names of those that are not installed. */
    static List<String> absent() {
        return IF_THERE.stream()
                .filter(rival -> !rival.installed())
                .map(Rival::name)
                .toList();
    }

    boolean installed() {
        return found().isPresent();
    }

    /** The file to run. */
    Path file() {
        return found().orElseThrow(() -> new IllegalStateException(program + ": not installed, or not on the PATH"));
    }

    private Optional<Path> found() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** As it says itself. */
    String saidVersion() {
        var said = Commands.output(List.of(file().toString(), versionOption));
        var match = version.matcher(said);
        return match.find() ? match.group(1) : "of unknown version";
    }
}
