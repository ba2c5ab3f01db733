package io.suimon.dataplane.directory;

import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import io.suimon.engine.directory.DirectorySearch;
import io.suimon.engine.directory.DirectoryServer;
import io.suimon.engine.directory.DirectoryServer.Security;
import java.util.Set;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a directory. Its methods wait, so they are called on threads that may; one at a time, but for {@link #cut} and
 * {@link #close}.
 */
final class DirectoryLink {

    /** Answers are short: no attributes are asked for. */
    private static final int MAX_MESSAGE_BYTES = 64 * 1024;

    private static final String NO_ATTRIBUTES = "1.1";

    /** What a directory says of a user, not of itself. */
    private static final Set<ResultCode> ABOUT_THE_USER = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.INVALID_DN_SYNTAX,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.UNWILLING_TO_PERFORM);

    private final DirectoryServer server;
    private final DirectoryContexts contexts;
    private final LDAPConnection connection;
    private volatile boolean answered;

    DirectoryLink(DirectoryServer server, DirectoryContexts contexts) {
        this.server = server;
        this.contexts = contexts;
        var sockets = server.security() == Security.TLS ? contexts.of(server.verify()) : SocketFactory.getDefault();
        this.connection = new LDAPConnection(sockets, options(server));
    }

    private static LDAPConnectionOptions options(DirectoryServer server) {
        var options = new LDAPConnectionOptions();
        options.setUseSynchronousMode(true);
        options.setConnectTimeoutMillis(server.timeoutMillis());
        options.setResponseTimeoutMillis(server.timeoutMillis());
        options.setAbandonOnTimeout(false);
        options.setFollowReferrals(false);
        options.setBindWithDNRequiresPassword(true);
        options.setMaxMessageSize(MAX_MESSAGE_BYTES);
        return options;
    }

    /** Connects. What was sent before TLS began is not believed after it. */
    void open() throws LDAPException {
        connection.connect(server.address().host(), server.address().port(), server.timeoutMillis());
        if (server.security() == Security.STARTTLS) {
            var result = connection.processExtendedOperation(new StartTLSExtendedRequest(contexts.of(server.verify())));
            if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                throw new LDAPException(result.getResultCode(), "StartTLS is refused");
            }
        }
    }

    /** Binds as who looks for others. */
    void bindToSearch(DirectorySearch search) throws LDAPException {
        var dn = search.bindDn();
        var password = search.bindPassword();
        connection.bind(dn == null || password == null ? new SimpleBindRequest() : new SimpleBindRequest(dn, password));
        answered = true;
    }

    /** Binds as a user. Returns whether the directory lets them. */
    boolean bindAsUser(String dn, byte[] password) throws LDAPException {
        if (password.length == 0 || dn.isBlank()) {
            return false;
        }
        try {
            connection.bind(new SimpleBindRequest(dn, password));
            answered = true;
            return true;
        } catch (LDAPException e) {
            if (!ABOUT_THE_USER.contains(e.getResultCode())) {
                throw e;
            }
            answered = true;
            return false;
        }
    }

    /** The name of the one entry a search finds, or null when it finds none or several. */
    @Nullable
    String find(DirectorySearch search, String user) throws LDAPException {
        var found = new Found(search.sizeLimit());
        var request = new SearchRequest(
                found,
                search.baseDn(),
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                search.sizeLimit(),
                search.timeLimitSeconds(),
                true,
                Filter.createEqualityFilter(search.attribute(), user),
                NO_ATTRIBUTES);
        try {
            connection.search(request);
        } catch (LDAPSearchException e) {
            if (found.entries < 2) {
                throw e;
            }
        }
        return found.entries == 1 ? found.dn : null;
    }

    /** Whether the directory has answered anything; one that has not may have closed a connection that was kept. */
    boolean answered() {
        return answered;
    }

    /** Whether nothing is known that speaks against using it again. */
    boolean reusable() {
        return connection.isConnected();
    }

    /** Begins another login, on a connection that was kept. */
    void reuse() {
        answered = false;
    }

    /** Says goodbye; may wait for the directory to take it. */
    void close() {
        connection.close();
    }

    /** Ends whatever it is doing. */
    void cut() {
        connection.closeWithoutUnbind();
    }

    /** Counts entries; a directory that sends more than it was asked for is not listened to. */
    private final class Found implements SearchResultListener {

        private static final long serialVersionUID = 1L;

        private final int limit;
        private int entries;
        private @Nullable String dn;

        Found(int limit) {
            this.limit = limit;
        }

        @Override
        public void searchEntryReturned(com.unboundid.ldap.sdk.SearchResultEntry entry) {
            entries++;
            dn = entry.getDN();
            if (entries > limit) {
                cut();
            }
        }

        @Override
        public void searchReferenceReturned(com.unboundid.ldap.sdk.SearchResultReference reference) {
            // It says where else to look: nobody does.
        }
    }
}
