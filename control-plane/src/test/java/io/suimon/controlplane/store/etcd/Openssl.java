package io.suimon.controlplane.store.etcd;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command, run in a folder whose files it reads and writes.
 *
 * @param folder that is there
 */
record Openssl(Path folder) {

    /** Runs it to its end; fails with what it said when it fails. */
    void run(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** Makes an authority: {@code name.pem} and {@code name.key}. */
    void authority(String name) throws Exception {
        run(("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=" + name + " -keyout "
                        + name + ".key -out " + name + ".pem")
                .split(" "));
    }
}
