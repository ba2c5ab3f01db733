package io.suimon.dataplane.sync;

import io.suimon.process.InvalidSettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ControlPlaneAddressTest {

    @ParameterizedTest(name = "{0} -> {1}, {2}")
    @CsvSource({"localhost:9280, localhost, 9280", "[::1]:1, ::1, 1", "10.0.0.1:65535, 10.0.0.1, 65535"})
    void hostAndPortAreRead(String text, String host, int port) {
        var address = ControlPlaneAddress.parse(text);

        assertThat(address).isEqualTo(new ControlPlaneAddress(host, port));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "nowhere, host:port",
        ":9280, host:port",
        "http://a:1, host:port",
        "::1:9280, [address]:port for IPv6",
        "a:0, a port of 1..65535 behind the colon",
        "a:65536, a port of 1..65535 behind the colon",
        "a:b, a port of 1..65535 behind the colon",
    })
    void anythingElseIsRefusedByTheNameOfItsSetting(String text, String expected) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> ControlPlaneAddress.parse(text))
                .withMessage("suimon.control-plane.addresses: " + text + " (expected: " + expected + ")");
    }
}
