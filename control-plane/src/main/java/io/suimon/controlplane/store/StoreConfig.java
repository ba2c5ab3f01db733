package io.suimon.controlplane.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where configuration is kept, and how long anyone waits for it. */
@ConfigMapping(prefix = "suimon.store")
public interface StoreConfig {

    /** The kinds of store. */
    enum Type {
        /** A file of this process; one control plane. */
        EMBEDDED,
        /** An etcd cluster; any number of control planes. */
        ETCD
    }

    /** {@code embedded}: a file of this process, for one control plane; {@code etcd}: a cluster, for any number of them. */
    @WithDefault("embedded")
    Type type();

    /** The embedded store's folder; made when it is not there. */
    @WithDefault(".suimon/store")
    Path path();

    /** How long a write may take; what takes longer is answered as unavailable. */
    @WithDefault("3s")
    Duration writeDeadline();

    Embedded embedded();

    Etcd etcd();

    /** How the mirror follows the store. */
    Mirror mirror();

    /** Limits of the embedded store. */
    interface Embedded {

        /** How many revisions a watcher may be behind; one that is further behind has to list the store. */
        @WithDefault("10000")
        int historyRevisions();

        /** How many bytes of values those revisions may hold in memory. */
        @WithDefault("64M")
        MemorySize historyBytes();

        /** How many writes may wait for the disk; one more is refused. */
        @WithDefault("1024")
        int queue();
    }

    /** How etcd is reached. */
    interface Etcd {

        /** {@code http://host:port} or {@code https://host:port}, all of the same scheme. */
        @WithDefault("http://127.0.0.1:2379")
        List<String> endpoints();

        /** What all keys begin with, without slash at the end. */
        @WithDefault("/apisix")
        String prefix();

        /** How long one page of a list, or one probe of a member, may take. */
        @WithDefault("15s")
        Duration readDeadline();

        /** Silence after which a call is made to another member as well, a write then again after each half of it; what answers first counts. */
        @WithDefault("500ms")
        Duration patience();

        /** How long a list may take with all its pages. */
        @WithDefault("60s")
        Duration listDeadline();

        /** How many keys a page of a list asks for; less when their values are too large for one message. */
        @WithDefault("1000")
        int pageKeys();

        /** How often the member that serves the watch is asked whether it is alive. */
        @WithDefault("1s")
        Duration probeInterval();

        /** The longest pause before a failed endpoint is probed again. */
        @WithDefault("3s")
        Duration maxPause();

        /** How long commands go to one member, at most, before one is drawn anew. */
        @WithDefault("10m")
        Duration connectionAge();

        /** Who it is to etcd, where authentication is switched on there; set together with {@code password}. */
        Optional<String> user();

        /** What proves it. */
        Optional<String> password();

        Tls tls();
    }

    /** TLS to etcd; files are PEM, and read again when they change. */
    interface Tls {

        /** Authorities that may have signed etcd's certificate; the JVM's own when not set. */
        Optional<Path> caFile();

        /** Certificate chain shown to etcd; set together with {@code key-file}. */
        Optional<Path> certFile();

        /** Its private key. */
        Optional<Path> keyFile();

        /** The name expected in etcd's certificate, where it is not the endpoint's host. */
        Optional<String> serverName();
    }

    /** How the mirror follows the store. */
    interface Mirror {

        /** Silence of the watch after which the view counts as stale. */
        @WithDefault("15s")
        Duration staleAfter();

        /** The longest pause between two attempts to reach the store. */
        @WithDefault("1s")
        Duration maxPause();

        /** What may be gone at once from an etcd before the view freezes. */
        MaxLoss maxLoss();
    }

    /** What may be gone at once from an etcd, found by a new list or taken by one transaction that writes nothing. */
    interface MaxLoss {

        /** A larger share of all keys in percent is too much; 100 means that none is. */
        @WithDefault("50")
        int percent();

        /** A loss of fewer keys never is. */
        @WithDefault("20")
        int keys();
    }
}
