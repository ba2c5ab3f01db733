package io.suimon.dataplane.sync;

import io.suimon.process.InvalidSettingException;
import java.util.Set;

/**
 * Where a control plane listens for nodes.
 *
 * @param host a name or an address; IPv6 without brackets
 */
record ControlPlaneAddress(String host, int port) {

    private static final String SETTING = "suimon.control-plane.addresses";
    private static final int MAX_PORT = 65535;
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "::1", "0:0:0:0:0:0:0:1");

    /**
     * Reads {@code host:port}.
     *
     * @throws InvalidSettingException when it is none
     */
    static ControlPlaneAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || text.contains("/")) {
            throw new InvalidSettingException(SETTING, text, "host:port");
        }
        var host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw new InvalidSettingException(SETTING, text, "[address]:port for IPv6");
        }
        return new ControlPlaneAddress(host, port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String port) {
        try {
            int number = Integer.parseInt(port);
            if (number >= 1 && number <= MAX_PORT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same refusal.
        }
        throw new InvalidSettingException(SETTING, text, "a port of 1..65535 behind the colon");
    }

    /** Whether this certainly does not leave the machine. */
    boolean loopback() {
        return host.matches("127(\\.\\d{1,3}){3}") || LOOPBACK_NAMES.contains(host);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
