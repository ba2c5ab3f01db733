package io.suimon.it.registries;

import io.suimon.dataplane.discovery.consul.RecordedConsul;
import java.util.Arrays;
import java.util.Map;

/** The catalogue of Consul, by its recorded protocol. */
final class ConsulCatalogue implements TestedRegistry {

    private final RecordedConsul consul = new RecordedConsul();

    @Override
    public Map<String, String> settings() {
        return Map.of("SUIMON_DISCOVERY_CONSUL_SERVERS", consul.url(), "SUIMON_DISCOVERY_CONSUL_TIMEOUT_WAIT", "20s");
    }

    @Override
    public String upstream(String service) {
        return "{\"type\":\"roundrobin\",\"discovery_type\":\"consul\",\"service_name\":\"%s\"}".formatted(service);
    }

    @Override
    public void place(int... ports) {
        consul.setService(
                "web",
                Arrays.stream(ports)
                        .mapToObj(each -> "127.0.0.1:" + each + " 1")
                        .toArray(String[]::new));
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
