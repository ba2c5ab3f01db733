package io.suimon.dataplane.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.util.LDAPSDKException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A directory on loopback with two users of their own names, two who share a mail address, and somebody who may search. It does not
 * let others search.
 */
public final class TestDirectory implements AutoCloseable {

    public static final String SERVICE = "cn=service,dc=x";
    public static final String JACK = "cn=jack,ou=users,dc=x";

    /** What it was asked, in order. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** On which connections. */
    public final Set<Long> connections = ConcurrentHashMap.newKeySet();

    private final InMemoryDirectoryServer server;

    private TestDirectory(@Nullable SSLContext tls) throws LDAPSDKException {
        var config = new InMemoryDirectoryServerConfig("dc=x");
        config.setSchema(null);
        config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        config.addAdditionalBindCredentials(SERVICE, "s3rvice");
        config.addInMemoryOperationInterceptor(new Noted());
        var loopback = InetAddress.getLoopbackAddress();
        if (tls == null) {
            config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("ldap", loopback, 0, null));
        } else {
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("ldap", loopback, 0, tls.getSocketFactory()),
                    InMemoryListenerConfig.createLDAPSConfig(
                            "ldaps", loopback, 0, tls.getServerSocketFactory(), tls.getSocketFactory()));
        }
        server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=x", "objectClass: domain", "dc: x");
        server.add("dn: ou=users,dc=x", "objectClass: organizationalUnit", "ou: users");
        user("jack", "jack@x");
        user("jäck", "jaeck@x");
        user("ann", "both@x");
        user("bob", "both@x");
        server.startListening();
    }

    private void user(String name, String mail) throws LDAPSDKException {
        server.add(
                "dn: cn=" + name + ",ou=users,dc=x",
                "objectClass: person",
                "cn: " + name,
                "sn: " + name,
                "mail: " + mail,
                "userPassword: " + name + "-secret");
    }

    public static TestDirectory start() throws LDAPSDKException {
        return new TestDirectory(null);
    }

    /** One that speaks TLS, too. */
    public static TestDirectory start(SSLContext tls) throws LDAPSDKException {
        return new TestDirectory(tls);
    }

    public int port() {
        return server.getListenPort("ldap");
    }

    public int tlsPort() {
        return server.getListenPort("ldaps");
    }

    /** Ends the connections there are, as directories do with idle ones. */
    void hangUp() {
        server.closeAllConnections(false);
    }

    @Override
    public void close() {
        server.shutDown(true);
    }

    private final class Noted extends InMemoryOperationInterceptor {

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
            connections.add(request.getConnectionID());
            asked.add("bind " + request.getRequest().getBindDN());
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
            var search = request.getRequest();
            asked.add("search %s %s size %d time %d attributes %s"
                    .formatted(
                            search.getBaseDN(),
                            search.getFilter(),
                            search.getSizeLimit(),
                            search.getTimeLimitSeconds(),
                            search.getAttributeList()));
        }
    }
}
