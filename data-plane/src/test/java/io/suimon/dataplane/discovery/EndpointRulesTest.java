package io.suimon.dataplane.discovery;

import io.suimon.engine.resource.Endpoint;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointRulesTest {

    private final EndpointRules rules = new EndpointRules(3);

    @ParameterizedTest(name = "{0} port {1} weight {2} -> {3}")
    @CsvSource({
        "10.0.0.1,           80,    1,    10.0.0.1:80",
        "10.0.0.1,           0,     0,    10.0.0.1:0", // the scheme's port
        "::1,                80,    1,    [::1]:80",
        "[fd00::1],          65535, 1,    [fd00::1]:65535",
        "a.example.com,      80,    1,    a.example.com:80",
        "a.example.com.,     80,    1,    a.example.com.:80",
        "_web._tcp.test,     80,    1,    _web._tcp.test:80",
        "'',                 80,    1,    ''",
        "10.0.0.1,           -1,    1,    ''",
        "10.0.0.1,           65536, 1,    ''",
        "10.0.0.1,           80,    -1,   ''",
        "fe80::1%eth0,       80,    1,    ''",
        "a..example.com,     80,    1,    ''",
        ".example.com,       80,    1,    ''",
        "'a b',              80,    1,    ''",
        "a/b,                80,    1,    ''",
        "user@host,          80,    1,    ''",
        "[name],             80,    1,    ''",
    })
    void onlyPlacesThereCanBeAreUsed(String host, int port, int weight, String used) {
        var usable = rules.usable(List.of(new Endpoint(host, port, weight, 0)));

        assertThat(usable).extracting(Endpoint::toString).isEqualTo(used.isEmpty() ? List.of() : List.of(used));
    }

    @ParameterizedTest(name = "{0} characters")
    @CsvSource({"254", "100000"})
    void longNamesAreNone(int length) {
        var usable = rules.usable(List.of(new Endpoint("a".repeat(length), 80, 1, 0)));

        assertThat(usable).isEmpty();
    }

    @Test
    void noMoreThanTheBoundAreUsedAndEachPlaceOnce() {
        var said = IntStream.range(0, 10)
                .mapToObj(i -> new Endpoint("10.0.0." + i / 2, 80, i, 0))
                .toList();

        assertThat(rules.usable(said))
                .containsExactly(
                        new Endpoint("10.0.0.0", 80, 0, 0),
                        new Endpoint("10.0.0.1", 80, 2, 0),
                        new Endpoint("10.0.0.2", 80, 4, 0));
    }

    @Test
    void weightsHaveABound() {
        assertThat(rules.usable(List.of(new Endpoint("10.0.0.1", 80, Integer.MAX_VALUE, -7))))
                .containsExactly(new Endpoint("10.0.0.1", 80, 1_000_000, -7));
    }
}
