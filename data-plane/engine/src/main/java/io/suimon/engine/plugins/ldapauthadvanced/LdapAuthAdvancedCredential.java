package io.suimon.engine.plugins.ldapauthadvanced;

/** Which entry of the directory a consumer is. */
public record LdapAuthAdvancedCredential(String userDn) {}
