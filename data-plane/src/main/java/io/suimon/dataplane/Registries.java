package io.suimon.dataplane;

import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.dns.DnsConfig;
import io.suimon.dataplane.discovery.dns.DnsRegistry;
import io.suimon.dataplane.discovery.kubernetes.KubernetesConfig;
import io.suimon.dataplane.discovery.kubernetes.KubernetesRegistry;
import io.suimon.dataplane.listener.Network;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of registries there are, and their settings: a new kind is a component, and a line in each of the lists. */
@Singleton
record Registries(DnsConfig dns, KubernetesConfig kubernetes) {

    /** Their settings. */
    static final List<Class<?>> FEATURES = List.of(DnsConfig.class, KubernetesConfig.class);

    /** Those that are configured. */
    List<Registry> open(Network network) {
        return Stream.of(
                        DnsRegistry.open(dns, network),
                        KubernetesRegistry.open(kubernetes, System.getenv(), new SecureRandom()))
                .flatMap(Optional::stream)
                .toList();
    }
}
