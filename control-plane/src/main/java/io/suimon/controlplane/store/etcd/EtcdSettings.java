package io.suimon.controlplane.store.etcd;

import io.suimon.controlplane.store.StoreConfig;
import io.suimon.process.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the etcd store, checked.
 *
 * @param patience silence after which another member is asked as well
 * @param connectionAge when another member is drawn for commands, at the latest
 * @param credentials who to log in as; empty means no login
 */
record EtcdSettings(
        List<EtcdEndpoint> endpoints,
        KeySpace keys,
        Deadlines deadlines,
        int pageKeys,
        Duration patience,
        Duration probeInterval,
        Duration maxPause,
        Duration connectionAge,
        Optional<Credentials> credentials,
        StoreConfig.Tls tls) {

    private static final String SETTING = "suimon.store.etcd.";

    /** How long calls may take. */
    record Deadlines(Duration write, Duration read, Duration list) {}

    /** A user with a password, which is never printed. */
    record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    static EtcdSettings of(StoreConfig config) {
        var etcd = config.etcd();
        if (etcd.pageKeys() < 1) {
            throw new InvalidSettingException(SETTING + "page-keys", etcd.pageKeys(), "at least 1");
        }
        return new EtcdSettings(
                EtcdEndpoint.parse(etcd.endpoints()),
                KeySpace.of(etcd.prefix()),
                new Deadlines(
                        positive("suimon.store.write-deadline", config.writeDeadline()),
                        positive(SETTING + "read-deadline", etcd.readDeadline()),
                        positive(SETTING + "list-deadline", etcd.listDeadline())),
                etcd.pageKeys(),
                positive(SETTING + "patience", etcd.patience()),
                positive(SETTING + "probe-interval", etcd.probeInterval()),
                positive(SETTING + "max-pause", etcd.maxPause()),
                positive(SETTING + "connection-age", etcd.connectionAge()),
                credentials(etcd),
                checked(etcd.tls()));
    }

    private static Duration positive(String setting, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidSettingException(setting, value, "more than 0");
        }
        return value;
    }

    private static Optional<Credentials> credentials(StoreConfig.Etcd etcd) {
        if (etcd.user().isPresent() != etcd.password().isPresent()) {
            throw new InvalidSettingException(
                    SETTING + "user", etcd.user().orElse("not set"), "set together with " + SETTING + "password");
        }
        return etcd.user().flatMap(user -> etcd.password().map(password -> new Credentials(user, password)));
    }

    private static StoreConfig.Tls checked(StoreConfig.Tls tls) {
        readable("tls.ca-file", tls.caFile());
        readable("tls.cert-file", tls.certFile());
        readable("tls.key-file", tls.keyFile());
        if (tls.certFile().isPresent() != tls.keyFile().isPresent()) {
            throw new InvalidSettingException(
                    SETTING + "tls.cert-file",
                    tls.certFile().map(Path::toString).orElse("not set"),
                    "set together with " + SETTING + "tls.key-file");
        }
        return tls;
    }

    private static void readable(String name, Optional<Path> file) {
        if (file.isPresent() && !Files.isReadable(file.get())) {
            throw new InvalidSettingException(SETTING + name, file.get(), "a PEM file that can be read");
        }
    }
}
