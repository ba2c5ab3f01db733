package io.suimon.dataplane.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of directories that plugins ask who clients are. */
@ConfigMapping(prefix = "suimon.directory")
public interface DirectoryConfig {

    /** Logins under way at a time, of all directories; one beyond is answered 503 at once. */
    @WithDefault("1000")
    int maxLogins();

    /** Logins under way at a time, of one directory, so that one that hangs leaves room for others; one beyond is answered 503. */
    @WithDefault("250")
    int maxLoginsPerDirectory();

    /** Connections kept for the next login, of all directories; those beyond are closed. */
    @WithDefault("250")
    int maxIdleConnections();

    /** How long a connection is kept for the next login at most, whatever a route says. */
    @WithDefault("PT10M")
    Duration maxIdleTime();

    /** How long a login may take at most, all its steps together, whatever a route says. */
    @WithDefault("PT60S")
    Duration maxLoginTime();
}
