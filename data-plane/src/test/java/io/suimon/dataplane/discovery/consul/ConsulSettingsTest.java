package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.http.RegistrySettings;
import io.suimon.dataplane.discovery.http.TestHost;
import io.suimon.process.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What settings of Consul must be, for both kinds of registries in it. */
class ConsulSettingsTest {

    @RegisterExtension
    static final TestHost HOST = new TestHost();

    private static final String CONSUL = "suimon.discovery.consul.";
    private static final String KV = "suimon.discovery.consul-kv.";

    private static ConsulConfig consul(Map<String, String> settings) {
        return RegistrySettings.of(ConsulConfig.class, CONSUL, settings);
    }

    private static ConsulKvConfig kv(Map<String, String> settings) {
        return RegistrySettings.of(ConsulKvConfig.class, KV, settings);
    }

    @Test
    void withoutServersThereIsNoRegistry() {
        assertThat(ConsulRegistry.open(consul(Map.of("weight", "0")), HOST.host()))
                .isEmpty();
        assertThat(ConsulKvRegistry.open(kv(Map.of()), HOST.host())).isEmpty();
    }

    @Test
    void defaultsAreThoseOfTheReference() {
        var consul = consul(Map.of()).asking();

        assertThat(consul.fetchInterval()).hasSeconds(3);
        assertThat(consul.keepalive()).isTrue();
        assertThat(consul.weight()).isEqualTo(1);
        assertThat(consul.timeout().connect()).hasMillis(2000);
        assertThat(consul.timeout().read()).hasMillis(2000);
        assertThat(consul.timeout().waiting()).hasSeconds(60);
        assertThat(consul.sortType()).isEqualTo("origin");
        assertThat(consul.token()).isEmpty();
        assertThat(consul(Map.of()).skipServices()).isEmpty();
        assertThat(consul.defaultService().host()).isEmpty();
        assertThat(kv(Map.of()).prefix()).isEqualTo("upstreams");
        assertThat(kv(Map.of()).skipKeys()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "servers=127.0.0.1:8500 | servers: 127.0.0.1:8500 (expected: http[s]://[user:password@]host[:port][/path])",
                "servers=http://u:pa55@host:99999 | servers: ***@host:99999 (expected: http[s]://[user:password@]host[:port][/path])",
                "token=two words | token: (not shown) (expected: visible ASCII characters)",
                "fetch-interval=0s | fetch-interval: PT0S (expected: PT0.001S to PT24H)",
                "weight=-1 | weight: -1 (expected: 0..1000000)",
                "sort-type=random | sort-type: random (expected: origin, host_sort, port_sort or combine_sort)",
                "timeout.connect=0s | timeout.connect: PT0S (expected: PT0.001S to PT24H)",
                "timeout.read=-1s | timeout.read: PT-1S (expected: PT0.001S to PT24H)",
                "timeout.wait=11m | timeout.wait: PT11M (expected: at most PT10M)",
                "default-service.host=h; default-service.port=0 | default-service.port: 0 (expected: 1..65535)",
                "default-service.host=h; default-service.weight=-1 | default-service.weight: -1 (expected: 0..1000000)",
            })
    void whatIsNoSettingIsRefused(String written, String message) {
        var settings = new HashMap<>(Map.of("servers", "http://127.0.0.1:8500"));
        settings.putAll(RegistrySettings.parse(written));

        assertThatThrownBy(() -> ConsulRegistry.open(consul(settings), HOST.host()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(CONSUL + message);
        assertThatThrownBy(() -> ConsulKvRegistry.open(kv(settings), HOST.host()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(KV + message);
    }

    @ParameterizedTest(name = "prefix {0}")
    @CsvSource({"/", "a//b", "../x"})
    void aPrefixIsAPathOfKeys(String prefix) {
        var settings = Map.of("servers", "http://127.0.0.1:8500", "prefix", prefix);

        assertThatThrownBy(() -> ConsulKvRegistry.open(kv(settings), HOST.host()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(KV + "prefix: " + prefix + " (expected: names of keys with slashes between them)");
    }
}
