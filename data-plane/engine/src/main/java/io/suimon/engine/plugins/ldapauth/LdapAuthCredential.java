package io.suimon.engine.plugins.ldapauth;

/** Which entry of the directory a consumer is. */
public record LdapAuthCredential(String userDn) {}
