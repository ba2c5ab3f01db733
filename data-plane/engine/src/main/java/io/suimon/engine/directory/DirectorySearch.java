package io.suimon.engine.directory;

import org.jspecify.annotations.Nullable;

/**
 * Where in a directory somebody is looked for, and as whom.
 *
 * @param bindDn who looks; null for anybody
 * @param bindPassword theirs
 * @param baseDn above all entries that count
 * @param attribute has the user's name
 * @param sizeLimit entries the directory may send
 * @param timeLimitSeconds it may take; 0 for its own limit
 */
public record DirectorySearch(
        @Nullable String bindDn,
        @Nullable String bindPassword,
        String baseDn,
        String attribute,
        int sizeLimit,
        int timeLimitSeconds) {

    @Override
    public String toString() {
        return "DirectorySearch[baseDn=" + baseDn + ", attribute=" + attribute + "]";
    }
}
