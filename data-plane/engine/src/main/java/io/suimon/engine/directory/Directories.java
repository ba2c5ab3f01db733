package io.suimon.engine.directory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks directories whether somebody is who they say they are.
 *
 * <p>Used by any thread, and never blocks it; what is returned completes on a thread that may not touch an exchange, and never with
 * a failure. Connections belong to the process: configurations come and go without opening or leaking any.
 */
public interface Directories {

    /** None: for a process that runs no filter. */
    Directories NONE = new Directories() {
        @Override
        public CompletionStage<Login> bind(DirectoryServer server, String dn, byte[] password) {
            return CompletableFuture.completedStage(new Login.Unavailable());
        }

        @Override
        public CompletionStage<Login> find(DirectoryServer server, DirectorySearch search, DirectoryCredentials who) {
            return CompletableFuture.completedStage(new Login.Unavailable());
        }
    };

    /**
     * Binds under this name.
     *
     * @param password not empty: directories let in anybody without one (RFC 4513, 5.1.2)
     */
    CompletionStage<Login> bind(DirectoryServer server, String dn, byte[] password);

    /** Looks for the one entry of this user, and binds as it. */
    CompletionStage<Login> find(DirectoryServer server, DirectorySearch search, DirectoryCredentials who);
}
