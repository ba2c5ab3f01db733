package io.suimon.dataplane.listener;

import io.suimon.dataplane.proxy.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionLimitsTest {

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::1, 2001:db8::2, true",
        "2001:db8::1, 2001:db8:0:0:ffff::, true",
        "2001:db8::1, 2001:db8:0:1::1, false",
    })
    void countsAddressesAndNetworks(String one, String other, boolean same) throws Exception {
        var limits = new ConnectionLimits(1);

        limits.enter(address(one));

        assertThat(limits.enter(address(other))).isEqualTo(same ? Refusal.CONNECTIONS_OF_ADDRESS : null);
    }

    @Test
    void forgetsWhoIsGone() throws Exception {
        var limits = new ConnectionLimits(2);
        var client = address("192.0.2.1");

        for (int i = 0; i < 3; i++) {
            limits.enter(client);
        }
        limits.leave(client);
        var next = limits.enter(client);
        limits.leave(client);
        limits.leave(client);

        assertThat(next).isNull();
        assertThat(limits.addresses()).isZero();
    }

    @Test
    void knowsNobodyWhereThereIsNoLimit() throws Exception {
        var limits = new ConnectionLimits(0);

        assertThat(limits.enter(address("192.0.2.1"))).isNull();
        assertThat(limits.addresses()).isZero();
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
