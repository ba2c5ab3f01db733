package io.suimon.engine.resource;

/**
 * One address of an upstream.
 *
 * @param host an address or a domain name; IPv6 in square brackets
 * @param port 0 means the port of the upstream's scheme
 * @param weight its share; 0 means none unless nobody has any
 * @param priority a lower group is used only when every endpoint of the higher ones was tried or is unhealthy
 */
public record Endpoint(String host, int port, int weight, int priority) {

    /** Where it is, whatever its share. */
    public Endpoint address() {
        return new Endpoint(host, port, 0, 0);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
