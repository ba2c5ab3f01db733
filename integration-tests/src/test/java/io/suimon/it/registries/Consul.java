package io.suimon.it.registries;

import io.suimon.dataplane.discovery.consul.RecordedConsul;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Consul, by its recorded protocol: one of the places in it where a service can be. */
final class Consul implements TestedRegistry {

    private static final String ONE = "eyJ3ZWlnaHQiOjF9"; // {"weight":1}

    /** Where services are. */
    enum Place {
        CATALOGUE {
            @Override
            Map<String, String> settings(RecordedConsul consul) {
                return Map.of(
                        "SUIMON_DISCOVERY_CONSUL_SERVERS", consul.url(), "SUIMON_DISCOVERY_CONSUL_TIMEOUT_WAIT", "20s");
            }

            @Override
            String upstream(RecordedConsul consul, String service) {
                return TestedRegistry.upstream("consul", service);
            }

            @Override
            void place(RecordedConsul consul, int... ports) {
                consul.setService(
                        "web",
                        Arrays.stream(ports)
                                .mapToObj(each -> "127.0.0.1:" + each + " 1")
                                .toArray(String[]::new));
            }
        },
        KEYS {
            @Override
            Map<String, String> settings(RecordedConsul consul) {
                return Map.of(
                        "SUIMON_DISCOVERY_CONSUL_KV_SERVERS",
                        consul.url(),
                        "SUIMON_DISCOVERY_CONSUL_KV_SORT_TYPE",
                        "combine_sort");
            }

            @Override
            String upstream(RecordedConsul consul, String service) {
                return TestedRegistry.upstream("consul_kv", consul.url() + "/v1/kv/upstreams/" + service + "/");
            }

            @Override
            void place(RecordedConsul consul, int... ports) {
                consul.set(
                        "/v1/kv/upstreams/web/",
                        Arrays.stream(ports).mapToObj(Consul::entry).collect(Collectors.joining(",", "[", "]")));
            }
        };

        abstract Map<String, String> settings(RecordedConsul consul);

        abstract String upstream(RecordedConsul consul, String service);

        abstract void place(RecordedConsul consul, int... ports);
    }

    private final RecordedConsul consul = new RecordedConsul();
    private final Place place;

    Consul(Place place) {
        this.place = place;
    }

    private static String entry(int port) {
        return "{\"Key\":\"upstreams/web/127.0.0.1:%d\",\"Flags\":0,\"Value\":\"%s\"}".formatted(port, ONE);
    }

    @Override
    public Map<String, String> settings() {
        return place.settings(consul);
    }

    @Override
    public String upstream(String service) {
        return place.upstream(consul, service);
    }

    @Override
    public void place(int... ports) {
        place.place(consul, ports);
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
