package io.suimon.dataplane.discovery.dns;

import io.suimon.dataplane.discovery.DiscoverySettings;
import io.suimon.dataplane.listener.Network;
import io.suimon.process.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DnsSettingsTest {

    private final Network network = Network.of(DiscoverySettings.traffic());

    @Test
    void withoutServersThereIsNoRegistry() {
        assertThat(DnsRegistry.open(DiscoverySettings.dns(Map.of()), network)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "servers; dns.test; dns.test (expected: an address such as 10.0.0.53 or [fd00::53]:5353)",
                "servers; 10.0.0.53:0; 10.0.0.53:0 (expected: an address such as 10.0.0.53 or [fd00::53]:5353)",
                "order; A,TXT; TXT (expected: SRV, A, AAAA, CNAME or last)",
                "order; A,A; A,A (expected: one or more of SRV, A, AAAA, CNAME, and last, each once)",
                "order; last; last (expected: one or more of SRV, A, AAAA, CNAME, and last, each once)",
                "timeout; PT0S; PT0S (expected: at least PT0.001S)",
                "min-ttl; PT0S; PT0S (expected: at least PT0.1S)",
                "max-ttl; PT0.5S; PT0.5S (expected: at least min-ttl, PT1S)",
                "negative-ttl; PT0S; PT0S (expected: at least PT0.1S)",
                "max-lookups; 0; 0 (expected: at least 1)",
                "resolv-conf; /nowhere; /nowhere (expected: a file of up to 65536 bytes)",
            })
    void aSettingThatCannotBeIsRefusedByItsName(String setting, String value, String message) {
        var settings = new HashMap<>(Map.of("discovery.dns.servers", "127.0.0.1"));
        if (setting.equals("resolv-conf")) {
            settings.clear();
        }
        settings.put("discovery.dns." + setting, value);

        assertThatThrownBy(() -> DnsRegistry.open(DiscoverySettings.dns(settings), network))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("suimon.discovery.dns." + setting + ": " + message);
    }

    @Test
    void serversAreNamedInOnePlace() {
        var settings = DiscoverySettings.dns(
                Map.of("discovery.dns.servers", "127.0.0.1", "discovery.dns.resolv-conf", "/etc/resolv.conf"));

        assertThatThrownBy(() -> DnsRegistry.open(settings, network))
                .hasMessage("suimon.discovery.dns.servers, suimon.discovery.dns.resolv-conf: both are set"
                        + " (expected: one of them)");
    }

    @ParameterizedTest(name = "{0} is {1} with port {2}")
    @CsvSource({
        "a.test,          a.test.,      0",
        "A.Test.:8080,    a.test.,      8080",
        "_x._tcp.a.test,  _x._tcp.a.test., 0",
        "a.test:0,        '',           0",
        "a.test:65536,    '',           0",
        "a.test:,         '',           0",
        "a:80:80,         '',           0",
        "'',              '',           0",
        "-a.test,         '',           0",
        "a..test,         '',           0",
        "[::1]:80,        '',           0",
    })
    void aServiceIsANameWithOrWithoutAPort(String text, String name, int port) {
        var parsed = ServiceName.parse(text);

        assertThat(parsed.map(ServiceName::name).orElse("")).isEqualTo(name);
        assertThat(parsed.map(ServiceName::port).orElse(0)).isEqualTo(port);
    }
}
