package io.suimon.it.registries;

import io.suimon.dataplane.discovery.consul.RecordedConsul;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys in Consul, by its recorded protocol. */
final class ConsulKeys implements TestedRegistry {

    private static final String VALUE = "eyJ3ZWlnaHQiOjF9"; // {"weight":1}

    private final RecordedConsul consul = new RecordedConsul();

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "SUIMON_DISCOVERY_CONSUL_KV_SERVERS",
                consul.url(),
                "SUIMON_DISCOVERY_CONSUL_KV_SORT_TYPE",
                "combine_sort");
    }

    @Override
    public String upstream(String service) {
        return "{\"type\":\"roundrobin\",\"discovery_type\":\"consul_kv\",\"service_name\":\"%s/v1/kv/upstreams/%s/\"}"
                .formatted(consul.url(), service);
    }

    @Override
    public void place(int... ports) {
        consul.set(
                "/v1/kv/upstreams/web/",
                Arrays.stream(ports).mapToObj(ConsulKeys::entry).collect(Collectors.joining(",", "[", "]")));
    }

    private static String entry(int port) {
        return "{\"Key\":\"upstreams/web/127.0.0.1:%d\",\"Flags\":0,\"Value\":\"%s\"}".formatted(port, VALUE);
    }

    @Override
    public int port() {
        return consul.port();
    }

    @Override
    public void kill() {
        consul.stop();
    }

    @Override
    public void startAgain() {
        consul.startAgain();
    }

    @Override
    public void close() {
        consul.close();
    }
}
