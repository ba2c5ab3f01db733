package io.suimon.dataplane.discovery.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.process.InvalidSettingException;
import java.time.Duration;
import java.util.List;

/**
 * What a registry is asked with whose API lies below one path of each of its hosts.
 *
 * @param prefix that path; checked, it ends with a slash
 * @param fetchInterval how soon is asked again
 * @param weight of an endpoint that has none
 */
public record HostSettings(List<RegistryServer> hosts, String prefix, Duration fetchInterval, int weight, Times times) {

    /**
     * How long is waited.
     *
     * @param connect for a connection
     * @param send for what is asked
     * @param read for all of an answer after that
     */
    public record Times(Duration connect, Duration send, Duration read) {

        /** For all of an answer, after the connection. */
        public Duration answer() {
            return send.plus(read);
        }
    }

    public HostSettings {
        hosts = List.copyOf(hosts);
    }

    /**
     * These, where each is a setting.
     *
     * @throws InvalidSettingException naming one that is none
     */
    public HostSettings checked(RegistryRules rules) {
        rules.path("prefix", prefix);
        rules.time("fetch-interval", fetchInterval);
        rules.weight("weight", weight);
        rules.time("timeout.connect", times.connect());
        rules.time("timeout.send", times.send());
        rules.time("timeout.read", times.read());
        return prefix.endsWith("/") ? this : new HostSettings(hosts, prefix + "/", fetchInterval, weight, times);
    }

    /** Adds them to the settings of a dump; hosts print without what they are logged in to with. */
    public void describe(ObjectNode config) {
        config.set("host", RegistryDump.texts(hosts));
        config.put("prefix", prefix);
        config.set("fetch_interval", RegistryDump.seconds(fetchInterval));
        config.put("weight", weight);
        config.putObject("timeout")
                .put("connect", times.connect().toMillis())
                .put("send", times.send().toMillis())
                .put("read", times.read().toMillis());
    }
}
