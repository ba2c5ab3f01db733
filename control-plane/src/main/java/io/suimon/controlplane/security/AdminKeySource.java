package io.suimon.controlplane.security;

import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Collects the keys at start; makes one when there is none. */
public final class AdminKeySource {

    private static final Logger LOG = Logger.getLogger(AdminKeySource.class);

    private AdminKeySource() {}

    /**
     * The keys of a configuration.
     *
     * @param host the address the Admin API listens on
     * @throws InvalidSettingException when one is empty, the key file can be neither read nor written, or no key is required of
     *     strangers
     */
    public static AdminKeys keys(AccessConfig config, String host) {
        if (!config.keyRequired()) {
            if (!isLoopback(host)) {
                throw new InvalidSettingException(
                        "suimon.admin.key-required", "false", "true while suimon.admin.host is " + host);
            }
            return AdminKeys.notRequired();
        }
        var keys = new ArrayList<AdminKey>();
        config.key().ifPresent(key -> keys.add(key("suimon.admin.key", "admin", Role.ADMIN, key)));
        new TreeMap<>(config.keys())
                .forEach((name, named) ->
                        keys.add(key("suimon.admin.keys." + name + ".key", name, named.role(), named.key())));
        if (keys.isEmpty()) {
            keys.add(fromFile(config));
        }
        return new AdminKeys(keys);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static AdminKey key(String setting, String name, Role role, String secret) {
        if (secret.isBlank()) {
            throw new InvalidSettingException(setting, "empty", "at least one character");
        }
        return AdminKey.of(name, role, secret);
    }

    private static AdminKey fromFile(AccessConfig config) {
        var file = new KeyFile(config.keyFile(), new SecureRandom());
        try {
            var content = file.readOrCreate();
            if (content.created()) {
                LOG.infof("made an admin key and wrote it to %s", file.path());
            }
            return AdminKey.of("admin", Role.ADMIN, content.key());
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "suimon.admin.key-file",
                    file.path().toString(),
                    "a file this process can read or make; " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
