package io.suimon.engine.plugins.ldapauthadvanced;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which directory is searched, and how.
 *
 * @param baseDn above all entries that count
 * @param ldapUri where it is
 * @param attribute has a user's name
 * @param bindDn who searches; null for anybody
 * @param consumerRequired whether an entry has to be a consumer's
 * @param headerType the scheme of the field with name and password
 * @param keepalive whether connections are used again
 * @param keepalivePoolName keeps them apart from those of others; null for those of no name
 * @param keepalivePoolSize how many are kept
 * @param keepaliveTimeout for so many milliseconds
 * @param ldapPassword of {@code bindDn}
 * @param realm what refused clients are told
 * @param sizeLimit entries a search may find
 * @param sslVerify whether its certificate is verified
 * @param timeLimit seconds a search may take; 0 for as long as the directory lets it
 * @param timeout milliseconds for each step
 */
public record LdapAuthAdvancedConfig(
        String baseDn,
        String ldapUri,
        String attribute,
        @Nullable String bindDn,
        boolean consumerRequired,
        HeaderType headerType,
        boolean keepalive,
        @Nullable String keepalivePoolName,
        int keepalivePoolSize,
        int keepaliveTimeout,
        @Nullable String ldapPassword,
        String realm,
        int sizeLimit,
        boolean sslVerify,
        int timeLimit,
        int timeout,
        boolean useLdaps,
        boolean useStarttls) {

    /** The scheme of the field with name and password, and what refused clients are told of it. */
    public enum HeaderType {
        @JsonProperty("ldap")
        LDAP("ldap"),
        @JsonProperty("basic")
        BASIC("Basic");

        private final String word;

        HeaderType(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    public LdapAuthAdvancedConfig {
        if (useLdaps && useStarttls) {
            throw new IllegalArgumentException("use_ldaps and use_starttls are mutually exclusive");
        }
        if (bindDn != null && ldapPassword == null) {
            throw new IllegalArgumentException("ldap_password is required when bind_dn is set");
        }
    }

    @Override
    public String toString() {
        return "LdapAuthAdvancedConfig[ldapUri=" + ldapUri + "]";
    }
}
