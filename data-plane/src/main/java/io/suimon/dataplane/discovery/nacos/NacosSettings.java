package io.suimon.dataplane.discovery.nacos;

import io.suimon.dataplane.discovery.http.RegistryRules;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.process.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What Nacos is asked with.
 *
 * @param prefix with a slash at both ends
 * @param send for what is asked
 * @param read for all of an answer after that
 * @param signer empty for none
 */
record NacosSettings(
        List<RegistryServer> hosts,
        String prefix,
        Duration fetchInterval,
        int weight,
        Duration connect,
        Duration send,
        Duration read,
        Optional<Signer> signer) {

    private static final RegistryRules RULES = new RegistryRules("suimon.discovery.nacos.");

    /** @throws InvalidSettingException naming a setting that is none */
    static NacosSettings of(NacosConfig config, List<String> hosts) {
        RULES.path("prefix", config.prefix());
        RULES.time("fetch-interval", config.fetchInterval());
        RULES.weight("weight", config.weight());
        RULES.time("timeout.connect", config.timeout().connect());
        RULES.time("timeout.send", config.timeout().send());
        RULES.time("timeout.read", config.timeout().read());
        config.accessKey().ifPresent(key -> RULES.secret("access-key", key));
        config.secretKey().ifPresent(key -> RULES.secret("secret-key", key));
        if (config.accessKey().isPresent() != config.secretKey().isPresent()) {
            var missing = config.accessKey().isPresent() ? "secret-key" : "access-key";
            throw RULES.refused(missing, "none", "one, as the other of access-key and secret-key is set");
        }
        return new NacosSettings(
                RegistryServer.parse(RULES.prefix() + "host", hosts),
                config.prefix().endsWith("/") ? config.prefix() : config.prefix() + "/",
                config.fetchInterval(),
                config.weight(),
                config.timeout().connect(),
                config.timeout().send(),
                config.timeout().read(),
                config.accessKey().flatMap(access -> config.secretKey().map(secret -> new Signer(access, secret))));
    }

    /** For all of an answer, after the connection. */
    Duration answer() {
        return send.plus(read);
    }
}
