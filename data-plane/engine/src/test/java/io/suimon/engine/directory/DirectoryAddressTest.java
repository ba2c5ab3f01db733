package io.suimon.engine.directory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryAddressTest {

    @ParameterizedTest(name = "{0} is {1} port {2}, TLS {3}")
    @CsvSource({
        "ldap.example.org,            ldap.example.org, 389,   false",
        "ldap.example.org:1389,       ldap.example.org, 1389,  false",
        "ldap://ldap.example.org,     ldap.example.org, 389,   false",
        "ldap://ldap.example.org:5/,  ldap.example.org, 5,     false",
        "ldaps://ldap.example.org,    ldap.example.org, 389,   true",
        "ldaps://ldap.example.org:7,  ldap.example.org, 7,     true",
        "[::1]:1389,                  ::1,              1389,  false",
        "[::1],                       ::1,              389,   false",
        "::1,                         ::1,              389,   false",
        "host:65535,                  host,             65535, false",
        "host:65536,                  host:65536,       389,   false",
        "host:0,                      host:0,           389,   false",
        "host:-1,                     host:-1,          389,   false",
        "host:,                       host:,            389,   false",
        "'',                          '',               389,   false",
    })
    void readsAnyTextAsAnAddress(String uri, String host, int port, boolean tls) {
        assertThat(DirectoryAddress.parse(uri, 389)).isEqualTo(new DirectoryAddress(host, port));
        assertThat(DirectoryAddress.asksForTls(uri)).isEqualTo(tls);
    }
}
