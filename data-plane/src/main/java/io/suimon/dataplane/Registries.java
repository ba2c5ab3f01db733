package io.suimon.dataplane;

import io.suimon.dataplane.discovery.DiscoveryConfig;
import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.consul.ConsulConfig;
import io.suimon.dataplane.discovery.consul.ConsulKvConfig;
import io.suimon.dataplane.discovery.consul.ConsulKvRegistry;
import io.suimon.dataplane.discovery.consul.ConsulRegistry;
import io.suimon.dataplane.discovery.dns.DnsConfig;
import io.suimon.dataplane.discovery.dns.DnsRegistry;
import io.suimon.dataplane.discovery.eureka.EurekaConfig;
import io.suimon.dataplane.discovery.eureka.EurekaRegistry;
import io.suimon.dataplane.discovery.http.RegistryHost;
import io.suimon.dataplane.discovery.http.RegistryTrust;
import io.suimon.dataplane.discovery.kubernetes.KubernetesConfig;
import io.suimon.dataplane.discovery.kubernetes.KubernetesRegistry;
import io.suimon.dataplane.discovery.nacos.NacosConfig;
import io.suimon.dataplane.discovery.nacos.NacosRegistry;
import io.suimon.dataplane.listener.Network;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of registries there are, and their settings: a new kind is a component, and a line in each of the lists. */
@Singleton
record Registries(
        Vertx vertx,
        DiscoveryConfig discovery,
        DnsConfig dns,
        KubernetesConfig kubernetes,
        ConsulConfig consul,
        ConsulKvConfig consulKv,
        NacosConfig nacos,
        EurekaConfig eureka) {

    /** Their settings. */
    static final List<Class<?>> FEATURES = List.of(
            DnsConfig.class,
            KubernetesConfig.class,
            ConsulConfig.class,
            ConsulKvConfig.class,
            NacosConfig.class,
            EurekaConfig.class);

    /** Those that are configured. */
    List<Registry> open(Network network) {
        var random = new SecureRandom();
        var host = new RegistryHost(
                vertx, random, InstantSource.system(), System::nanoTime, RegistryTrust.of(discovery.ca()));
        return Stream.of(
                        DnsRegistry.open(dns, network),
                        KubernetesRegistry.open(kubernetes, System.getenv(), random),
                        ConsulRegistry.open(consul, host),
                        ConsulKvRegistry.open(consulKv, host),
                        NacosRegistry.open(nacos, host),
                        EurekaRegistry.open(eureka, host))
                .flatMap(Optional::stream)
                .toList();
    }
}
