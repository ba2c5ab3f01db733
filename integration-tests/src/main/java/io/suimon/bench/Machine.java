package io.suimon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that is measured on. */
public final class Machine {

    private Machine() {}

    /** Its cores and kernel, for people. */
    public static String description() {
        try {
            var facts = Files.readAllLines(Path.of("/proc/cpuinfo"));
            long cores =
                    facts.stream().filter(line -> line.startsWith("processor")).count();
            var model = facts.stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .orElse(System.getProperty("os.arch"));
            return cores + " cores of " + model + ", Linux "
                    + System.getProperty("os.version").replaceAll("^(\\d+\\.\\d+).*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
