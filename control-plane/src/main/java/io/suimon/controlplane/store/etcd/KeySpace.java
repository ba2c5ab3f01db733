package io.suimon.controlplane.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KeyValue;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.process.InvalidSettingException;
import java.util.Optional;

/** The part of etcd's keys that is ours: how paths become keys, and back. */
record KeySpace(ByteString start) {

    static KeySpace of(String prefix) {
        if (prefix.isBlank() || prefix.endsWith("/")) {
            throw new InvalidSettingException(
                    "suimon.store.etcd.prefix", prefix, "a prefix without slash at the end, like /apisix");
        }
        return new KeySpace(ByteString.copyFromUtf8(prefix + "/"));
    }

    ByteString key(String path) {
        return start.concat(ByteString.copyFromUtf8(path));
    }

    /** The first key behind all keys that begin with this one, as etcd wants a range's end. */
    static ByteString endOf(ByteString prefix) {
        var bytes = prefix.toByteArray();
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != (byte) 0xff) {
                bytes[i]++;
                return ByteString.copyFrom(bytes, 0, i + 1);
            }
        }
        return ByteString.copyFrom(new byte[1]);
    }

    ByteString end() {
        return endOf(start);
    }

    /** The path of a key; empty for one nobody can name in the Admin API: not text, or the prefix itself. Such keys are left alone. */
    Optional<String> path(ByteString key) {
        if (!key.startsWith(start) || key.size() == start.size() || !key.isValidUtf8()) {
            return Optional.empty();
        }
        return Optional.of(key.substring(start.size()).toStringUtf8());
    }

    Optional<StoredEntry> entry(KeyValue found) {
        return path(found.getKey())
                .map(path -> new StoredEntry(
                        path,
                        found.getCreateRevision(),
                        found.getModRevision(),
                        found.getValue().toByteArray()));
    }
}
