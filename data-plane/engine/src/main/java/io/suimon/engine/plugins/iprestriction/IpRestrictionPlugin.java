package io.suimon.engine.plugins.iprestriction;

import com.google.auto.service.AutoService;
import io.suimon.engine.net.CidrBlock;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.JsonText;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import java.net.InetAddress;

/** Lets a request through only when its client address is permitted. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class IpRestrictionPlugin implements Plugin<IpRestrictionConfig> {

    @Override
    public String name() {
        return "ip-restriction";
    }

    @Override
    public int priority() {
        return 3000;
    }

    @Override
    public Class<IpRestrictionConfig> configType() {
        return IpRestrictionConfig.class;
    }

    @Override
    public Filter bind(IpRestrictionConfig config, PluginHost host) {
        var refused = Decision.json(config.responseCode(), JsonText.object("message", config.message()));
        return exchange -> permits(config, exchange.clientAddress()) ? Decision.proceed() : refused;
    }

    private static boolean permits(IpRestrictionConfig config, InetAddress client) {
        return config.whitelist().isEmpty()
                ? !CidrBlock.anyContains(config.blacklist(), client)
                : CidrBlock.anyContains(config.whitelist(), client);
    }
}
