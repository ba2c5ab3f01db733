package io.suimon.dataplane.discovery.nacos;

import io.suimon.dataplane.discovery.http.HostSettings;
import io.suimon.dataplane.discovery.http.RegistryRules;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.process.InvalidSettingException;
import java.util.List;
import java.util.Optional;

/**
 * What Nacos is asked with.
 *
 * @param signer empty for none
 */
record NacosSettings(HostSettings host, Optional<Signer> signer) {

    private static final RegistryRules RULES = new RegistryRules("suimon.discovery.nacos.");

    /**
     * Those that are written.
     *
     * @throws InvalidSettingException naming a setting that is none
     */
    static NacosSettings of(NacosConfig config, List<String> hosts) {
        var timeout = config.timeout();
        var host = new HostSettings(
                        RegistryServer.parse(RULES.prefix() + "host", hosts),
                        config.prefix(),
                        config.fetchInterval(),
                        config.weight(),
                        new HostSettings.Times(timeout.connect(), timeout.send(), timeout.read()))
                .checked(RULES);
        return new NacosSettings(host, signer(config));
    }

    private static Optional<Signer> signer(NacosConfig config) {
        config.accessKey().ifPresent(key -> RULES.secret("access-key", key));
        config.secretKey().ifPresent(key -> RULES.secret("secret-key", key));
        if (config.accessKey().isPresent() != config.secretKey().isPresent()) {
            var missing = config.accessKey().isPresent() ? "secret-key" : "access-key";
            throw RULES.refused(missing, "none", "one, as the other of access-key and secret-key is set");
        }
        return config.accessKey().flatMap(access -> config.secretKey().map(secret -> new Signer(access, secret)));
    }
}
