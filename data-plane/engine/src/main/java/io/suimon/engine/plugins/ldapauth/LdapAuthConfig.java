package io.suimon.engine.plugins.ldapauth;

/**
 * Which directory is asked.
 *
 * @param baseDn under which all users are
 * @param ldapUri where it is
 * @param useTls whether it speaks TLS
 * @param tlsVerify whether its certificate is verified
 * @param uid the attribute that names a user's entry
 * @param hideCredentials whether the upstream does not get to see name and password
 * @param realm what refused clients are told
 */
public record LdapAuthConfig(
        String baseDn,
        String ldapUri,
        boolean useTls,
        boolean tlsVerify,
        String uid,
        boolean hideCredentials,
        String realm) {}
