package io.suimon.controlplane.security;

import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Decrypts the entries of the store, and says where it cannot. Equal entries become equal bytes under equal keyrings, in whichever
 * process; what holds no secret stays the entry it is.
 *
 * <p>Thread-safe. Meant to be asked once per revision of an entry: what it cannot decrypt, it logs. Past the first few, which are named
 * one by one, lines get rarer as they get more: with the wrong keyring, every entry would have one.
 */
public final class StoredSecrets implements UnaryOperator<StoredEntry> {

    private static final Logger LOG = Logger.getLogger(StoredSecrets.class);

    /** How many entries get a line each. */
    private static final int NAMED = 20;

    private final FieldEncryption encryption;
    private final AtomicLong unreadable = new AtomicLong();

    public StoredSecrets(FieldEncryption encryption) {
        this.encryption = encryption;
    }

    @Override
    public StoredEntry apply(StoredEntry entry) {
        return ResourceKey.ofPath(entry.path())
                .flatMap(key -> Json.object(entry.value()).map(stored -> encryption.opened(key, stored)))
                .map(opened -> plain(entry, opened))
                .orElse(entry);
    }

    private StoredEntry plain(StoredEntry entry, FieldEncryption.Opened opened) {
        if (!opened.unreadable().isEmpty()) {
            complain(entry, String.join(", ", opened.unreadable()));
        }
        return opened.changed()
                ? new StoredEntry(
                        entry.path(), entry.createRevision(), entry.modRevision(), Json.bytes(opened.resource()))
                : entry;
    }

    private void complain(StoredEntry entry, String places) {
        long count = unreadable.incrementAndGet();
        if (count <= NAMED || Long.bitCount(count) == 1) {
            LOG.warnf(
                    "%s: no key of suimon.encryption.keyring decrypts %s, used as stored (no. %d since the start)",
                    entry, places, count);
        }
    }
}
