package io.suimon.dataplane.discovery.eureka;

import io.suimon.dataplane.discovery.http.RegistryRules;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.process.InvalidSettingException;
import java.time.Duration;
import java.util.List;

/**
 * What Eureka is asked with.
 *
 * @param prefix with a slash at both ends
 * @param send for what is asked
 * @param read for all of an answer after that
 */
record EurekaSettings(
        List<RegistryServer> hosts,
        String prefix,
        Duration fetchInterval,
        int weight,
        Duration connect,
        Duration send,
        Duration read) {

    private static final RegistryRules RULES = new RegistryRules("suimon.discovery.eureka.");

    /** @throws InvalidSettingException naming a setting that is none */
    static EurekaSettings of(EurekaConfig config, List<String> hosts) {
        RULES.path("prefix", config.prefix());
        RULES.time("fetch-interval", config.fetchInterval());
        RULES.weight("weight", config.weight());
        RULES.time("timeout.connect", config.timeout().connect());
        RULES.time("timeout.send", config.timeout().send());
        RULES.time("timeout.read", config.timeout().read());
        return new EurekaSettings(
                RegistryServer.parse(RULES.prefix() + "host", hosts),
                config.prefix().endsWith("/") ? config.prefix() : config.prefix() + "/",
                config.fetchInterval(),
                config.weight(),
                config.timeout().connect(),
                config.timeout().send(),
                config.timeout().read());
    }

    /** For all of an answer, after the connection. */
    Duration answer() {
        return send.plus(read);
    }
}
