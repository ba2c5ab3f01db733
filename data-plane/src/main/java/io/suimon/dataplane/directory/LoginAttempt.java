package io.suimon.dataplane.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.suimon.engine.directory.DirectoryServer;
import io.suimon.engine.directory.Login;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One login: on a connection that was kept, and on a new one where that turns out to be dead.
 *
 * <p>{@link #run} and {@link #finish} belong to the thread of the login; {@link #expire} is called by another.
 */
final class LoginAttempt {

    private final DirectoryServer server;
    private final Conversation conversation;
    private final DirectoryContexts contexts;
    private final KeptLinks links;
    private final DirectoryLog log;
    private final CompletableFuture<Login> login = new CompletableFuture<>();
    private Login answer = new Login.Unavailable();
    private volatile @Nullable DirectoryLink current;
    private volatile boolean expired;

    LoginAttempt(
            DirectoryServer server,
            Conversation conversation,
            DirectoryContexts contexts,
            KeptLinks links,
            DirectoryLog log) {
        this.server = server;
        this.conversation = conversation;
        this.contexts = contexts;
        this.links = links;
        this.log = log;
    }

    /** Completes when the login is over, or has taken too long. */
    CompletionStage<Login> login() {
        return login;
    }

    /** Asks the directory. Returns the connection when it can be used again. */
    @Nullable
    DirectoryLink run() {
        try {
            var kept = links.take(server);
            return kept == null ? onNewConnection() : onKept(kept);
        } catch (LDAPException e) {
            log.failed(server.address(), e);
            return null;
        }
    }

    /** A directory closes connections that are idle; that is noticed by the first thing that is asked. */
    private @Nullable DirectoryLink onKept(DirectoryLink kept) throws LDAPException {
        kept.reuse();
        try {
            return talk(kept, conversation);
        } catch (LDAPException e) {
            if (kept.answered() || expired || !e.getResultCode().equals(ResultCode.SERVER_DOWN)) {
                throw e;
            }
            return onNewConnection();
        }
    }

    private @Nullable DirectoryLink onNewConnection() throws LDAPException {
        return talk(new DirectoryLink(server, contexts), link -> {
            link.open();
            return conversation.with(link);
        });
    }

    private @Nullable DirectoryLink talk(DirectoryLink link, Conversation about) throws LDAPException {
        current = link;
        boolean usable = false;
        try {
            if (expired) {
                throw new LDAPException(ResultCode.TIMEOUT);
            }
            answer = about.with(link);
            usable = link.reusable();
        } finally {
            if (!usable) {
                link.cut();
            }
        }
        return usable ? link : null;
    }

    /** Tells whoever waits. */
    void finish() {
        login.complete(answer);
    }

    /** It has taken too long: whoever waits is told so, and the connection ends, which ends the wait of its thread. */
    void expire() {
        expired = true;
        var link = current;
        if (link != null) {
            Thread.ofVirtual().start(link::cut);
        }
        login.complete(new Login.Unavailable());
    }
}
