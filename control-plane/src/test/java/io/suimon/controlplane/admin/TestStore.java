package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.etcd.EtcdServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The stores a control plane can have: what is true of the API is true on both. */
enum TestStore {
    EMBEDDED {
        @Override
        AdminServer open(Path folder, Map<String, String> settings) throws InterruptedException {
            return new AdminServer(folder.resolve(name()), settings);
        }
    },

    ETCD {
        @Override
        AdminServer open(Path folder, Map<String, String> settings) throws InterruptedException {
            var etcd = EtcdServer.start(made(folder.resolve(name())));
            var all = new HashMap<>(settings);
            all.put("suimon.store.type", "etcd");
            all.put("suimon.store.etcd.endpoints", etcd.endpoint());
            return new AdminServer(all).closing(etcd::close);
        }
    };

    /** A control plane on a store of its own below a folder, which goes with it. */
    abstract AdminServer open(Path folder, Map<String, String> settings) throws InterruptedException;

    AdminServer open(Path folder) throws InterruptedException {
        return open(folder, Map.of());
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
