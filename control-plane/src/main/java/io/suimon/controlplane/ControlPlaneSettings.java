package io.suimon.controlplane;

import io.suimon.controlplane.admin.AdminConfig;
import io.suimon.controlplane.secret.SecretConfig;
import io.suimon.controlplane.security.AccessConfig;
import io.suimon.controlplane.security.EncryptionConfig;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.stream.StreamConfig;
import io.suimon.process.KnownSettings;
import java.util.List;

/** Which settings a control plane has. */
final class ControlPlaneSettings {

    private static final List<Class<?>> FEATURES = List.of(
            AdminConfig.class,
            AccessConfig.class,
            EncryptionConfig.class,
            ManagementConfig.class,
            SecretConfig.class,
            StoreConfig.class,
            StreamConfig.class);

    /** What those of a node begin with. */
    private static final List<String> NODE = List.of(
            "suimon.node",
            "suimon.control-plane",
            "suimon.cache",
            "suimon.traffic",
            "suimon.tls",
            "suimon.health",
            "suimon.discovery",
            "suimon.directory",
            "suimon.access-log",
            "suimon.warm-up",
            "suimon.status",
            "suimon.metrics",
            "suimon.control");

    private ControlPlaneSettings() {}

    static KnownSettings known() {
        return new KnownSettings(FEATURES, NODE);
    }
}
