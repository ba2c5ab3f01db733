package io.suimon.dataplane.accesslog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the access log. */
@ConfigMapping(prefix = "suimon.access-log")
public interface AccessLogConfig {

    /** Whether there is one. */
    @WithDefault("false")
    boolean enabled();

    /** The file that lines are appended to; standard output where it is not said. It is opened anew when it was moved away. */
    Optional<Path> path();

    /** A line, with variables as in plugins: {@code $status}; where it is not said, nginx's combined form with what upstreams did. */
    Optional<String> format();

    /**
     * What becomes of characters in variables that could end a field or a line: {@code plain} writes {@code \xHH}, and {@code -} for
     * a variable that is not there; {@code json} what JSON strings demand.
     */
    @WithDefault("plain")
    Escape escape();

    /** After which lines that wait are written, however few. */
    @WithDefault("PT1S")
    Duration flushInterval();

    /** Bytes of lines that wait for a slow file; further lines are dropped and counted. */
    @WithDefault("8388608")
    int maxWaiting();
}
