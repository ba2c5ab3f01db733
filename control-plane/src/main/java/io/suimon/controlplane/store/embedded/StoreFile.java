package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jboss.logging.Logger;

/**
 * The store's file while it is open. After a write that failed it is of no use any more: close it and open it again. One thread.
 */
final class StoreFile implements AutoCloseable {

    static final String NAME = "config.mv";
    static final String MARK_NAME = "config.revision";

    private static final Logger LOG = Logger.getLogger(StoreFile.class);
    private static final int NO_COMPACTION = 0;
    private static final String SETTING = "suimon.store.path";
    private static final String FORMAT = "1";
    private static final int CACHE_MEBIBYTES = 4; // the entries are in memory anyway
    // A chunk is free once a later one, which does without it, was forced to the disk; every write is forced, so a
    // second is plenty.
    private static final int RETENTION_MILLIS = 1_000;
    private static final int WRITES_PER_COMPACTION = 500;
    private static final int COMPACTION_FILL_RATE = 60;
    private static final int COMPACTION_BYTES = 4 << 20;

    private final MVStore store;
    private final MVMap<String, byte[]> entries;
    private final MVMap<String, String> header;
    private final DurableMark mark;
    private int writesSinceCompaction;

    private StoreFile(MVStore store, DurableMark mark) {
        this.store = store;
        this.mark = mark;
        this.entries = store.openMap(
                "entries",
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
        this.header = store.openMap("header");
    }

    /** Opens the file in this folder, or makes one. */
    static StoreFile open(Path folder, RandomGenerator random) {
        try {
            Files.createDirectories(folder);
            var marked = DurableMark.read(folder.resolve(MARK_NAME));
            var store = openStore(folder);
            try {
                var file = new StoreFile(store, DurableMark.open(folder.resolve(MARK_NAME)));
                file.initialize(folder, marked.orElse(0), random);
                return file;
            } catch (MVStoreException | IOException | InvalidSettingException e) {
                store.closeImmediately();
                throw e;
            }
        } catch (IOException e) {
            throw new InvalidSettingException(SETTING, folder, "a folder that can be written; " + e);
        } catch (MVStoreException e) {
            throw unusable(folder, e);
        }
    }

    private static MVStore openStore(Path folder) {
        var store = new MVStore.Builder()
                .fileName(folder.resolve(NAME).toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MEBIBYTES)
                .open();
        store.setRetentionTime(RETENTION_MILLIS);
        store.setVersionsToKeep(0);
        return store;
    }

    private static InvalidSettingException unusable(Path folder, MVStoreException e) {
        return switch (e.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED ->
                new InvalidSettingException(SETTING, folder, "a folder no other process uses; another one has it open");
            case DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED ->
                new InvalidSettingException(SETTING, folder, "a folder that can be read and written; " + oneLine(e));
            default -> damaged(folder, oneLine(e));
        };
    }

    private static InvalidSettingException damaged(Path folder, String how) {
        return new InvalidSettingException(
                SETTING,
                folder,
                "an undamaged store; " + NAME + " is damaged: " + how
                        + ". Restore the folder from a backup, or move it away to" + " start empty");
    }

    /** What the MVStore says, without its version and stack. */
    static String oneLine(Throwable e) {
        var message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        var cause = e.getCause();
        var line = (end < 0 ? message : message.substring(0, end)).replaceAll(" \\[[0-9./]+]$", "");
        return cause == null || cause.getMessage() == null ? line : line + ": " + cause.getMessage();
    }

    private void initialize(Path folder, long marked, RandomGenerator random) throws IOException {
        if (revision() < marked) {
            throw damaged(folder, "it ends at revision " + revision() + ", but had reached " + marked);
        }
        if (header.isEmpty()) {
            header.put("format", FORMAT);
            header.put("store", HexFormat.of().toHexDigits(random.nextLong()));
            header.put("revision", "1");
            store.commit();
            store.sync();
            mark.write(1);
        } else if (!FORMAT.equals(header.get("format"))) {
            throw new InvalidSettingException(
                    SETTING, folder, "a store of format " + FORMAT + "; this one is of format " + header.get("format"));
        }
    }

    String storeId() {
        return String.valueOf(header.get("store"));
    }

    private long revision() {
        var revision = header.get("revision");
        return revision == null ? 0 : Long.parseLong(revision);
    }

    /** Reads everything; times at which keys disappear go to {@code expiries}. */
    Head load(Path folder, Expiries expiries) {
        try {
            List<StoredEntry> loaded = new ArrayList<>(entries.size());
            for (var cursor = entries.cursor(null); cursor.hasNext(); ) {
                var path = cursor.next();
                var timed = EntryCodec.decode(path, cursor.getValue())
                        .orElseThrow(() -> damaged(folder, "the entry " + path + " is not what was written"));
                loaded.add(timed.entry());
                expiries.set(path, timed.expiresAt());
            }
            return new Head(EntryTree.of(loaded), revision());
        } catch (MVStoreException e) {
            throw unusable(folder, e);
        }
    }

    /** Makes writes durable; returns when they are on the disk. */
    void write(Map<String, Draft.Write> writes, long revision) {
        writes.forEach((path, write) -> {
            var entry = write.entry();
            if (entry == null) {
                entries.remove(path);
            } else {
                entries.put(path, EntryCodec.encode(entry, write.expiresAt()));
            }
        });
        header.put("revision", Long.toString(revision));
        store.commit();
        store.sync();
        writesSinceCompaction++;
    }

    /** Notes that a revision is durable; see {@link DurableMark}. */
    void mark(long revision) throws IOException {
        mark.write(revision);
    }

    /** Gives back the space of what was overwritten, when there is enough of it. */
    void compact() {
        if (writesSinceCompaction >= WRITES_PER_COMPACTION) {
            writesSinceCompaction = 0;
            store.compact(COMPACTION_FILL_RATE, COMPACTION_BYTES);
        }
    }

    /** Lets go of the file as it is, without writing to it. */
    void abandon() {
        store.closeImmediately();
        closeMark();
    }

    @Override
    public void close() {
        try {
            store.close(NO_COMPACTION);
        } catch (MVStoreException e) {
            // Everything that was answered is on the disk; what a clean end would have added makes the next start
            // quicker.
            LOG.debug("Closing the store file", e);
            store.closeImmediately();
        }
        closeMark();
    }

    private void closeMark() {
        try {
            mark.close();
        } catch (IOException e) {
            LOG.debug("Closing the mark beside the store file", e);
        }
    }
}
