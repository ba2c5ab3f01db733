package io.suimon.controlplane.stream;

import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.Hello;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds what a node says of itself to bounds before anything of it is kept or shown. */
final class HelloCheck {

    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int LABELS = 64;
    private static final int PLUGINS = 1000;
    private static final int TEXT_CHARS = 256;

    private HelloCheck() {}

    /** Why a hello is refused, for people; empty when it is fine. */
    static Optional<String> violation(Hello hello) {
        if (!NODE_ID.matcher(hello.getNodeId()).matches()) {
            return Optional.of("node_id (expected: 1 to 128 letters, digits, '.', '_', '-')");
        }
        if (hello.getProtocol() != SyncProtocol.VERSION) {
            return Optional.of("protocol: %s (expected: %d)"
                    .formatted(Integer.toUnsignedString(hello.getProtocol()), SyncProtocol.VERSION));
        }
        if (hello.getRevision() < 0) {
            return Optional.of("revision: %d (expected: 0 or more)".formatted(hello.getRevision()));
        }
        if (hello.getLabelsCount() > LABELS || hello.getPluginsCount() > PLUGINS) {
            return Optional.of("labels: %d, plugins: %d (expected: at most %d and %d)"
                    .formatted(hello.getLabelsCount(), hello.getPluginsCount(), LABELS, PLUGINS));
        }
        return textsFit(hello)
                ? Optional.empty()
                : Optional.of("a text of more than %d characters".formatted(TEXT_CHARS));
    }

    private static boolean textsFit(Hello hello) {
        return fits(hello.getVersion())
                && fits(hello.getAddress())
                && fits(hello.getStoreId())
                && hello.getPluginsList().stream().allMatch(HelloCheck::fits)
                && hello.getLabelsMap().entrySet().stream()
                        .allMatch(label -> fits(label.getKey()) && fits(label.getValue()));
    }

    private static boolean fits(String text) {
        return text.length() <= TEXT_CHARS;
    }
}
