package io.suimon.dataplane;

import io.suimon.dataplane.cache.CacheFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** What this node is called: as configured, or the same made-up name at every start. */
final class NodeIdentity {

    private static final Logger LOG = Logger.getLogger(NodeIdentity.class);
    private static final String FILE = "node-id";
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int HOST_CHARS = 100;

    private NodeIdentity() {}

    /**
     * The node's id.
     *
     * @throws IOException when the configured one is none, or what was kept cannot be read; the message is one line for people
     */
    static String of(NodeConfig config, CacheFolder folder, RandomGenerator random) throws IOException {
        if (config.id().isPresent()) {
            var id = config.id().get();
            if (!VALID.matcher(id).matches()) {
                throw new IOException(
                        "suimon.node.id: %s (expected: 1 to 128 letters, digits, '.', '_', '-')".formatted(id));
            }
            return id;
        }
        var kept = folder.readText(FILE).filter(id -> VALID.matcher(id).matches());
        if (kept.isPresent()) {
            return kept.get();
        }
        var made = hostName() + "-" + HexFormat.of().toHexDigits(random.nextInt());
        try {
            folder.writeText(FILE, made);
        } catch (IOException e) {
            LOG.warnf("this node's id %s cannot be kept, it will be another at the next start: %s", made, e);
        }
        return made;
    }

    /** The host's name in characters that an id may have. */
    static String hostName() {
        try {
            var name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            var plain = name.replaceAll("[^a-z0-9._-]", "-");
            return plain.substring(0, Math.min(plain.length(), HOST_CHARS));
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
