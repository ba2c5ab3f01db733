package io.suimon.dataplane.directory;

import com.unboundid.ldap.sdk.LDAPException;
import io.suimon.engine.directory.Login;

/** What is said on a connection to learn what a directory says of somebody. */
@FunctionalInterface
interface Conversation {

    /**
     * Asks.
     *
     * @throws LDAPException when the directory has nothing to say of them; the connection is of no more use
     */
    Login with(DirectoryLink link) throws LDAPException;
}
