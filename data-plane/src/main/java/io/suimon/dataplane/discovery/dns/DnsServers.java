package io.suimon.dataplane.discovery.dns;

import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which servers settings name. */
final class DnsServers {

    private static final String SERVERS = "suimon.discovery.dns.servers";
    private static final String RESOLV_CONF = "suimon.discovery.dns.resolv-conf";
    private static final int MAX_SERVERS = 16;
    private static final int MAX_BYTES = 64 * 1024;

    private DnsServers() {}

    /**
     * The servers; none where no setting names any.
     *
     * @throws InvalidSettingException when settings do not name servers
     */
    static List<InetSocketAddress> of(DnsConfig config) {
        if (config.servers().isPresent() && config.resolvConf().isPresent()) {
            throw new InvalidSettingException(SERVERS + ", " + RESOLV_CONF, "both are set", "one of them");
        }
        if (config.resolvConf().isPresent()) {
            return inFile(config.resolvConf().get());
        }
        return config.servers().map(texts -> parse(SERVERS, texts)).orElse(List.of());
    }

    /**
     * The servers a file names.
     *
     * @throws InvalidSettingException when it names none
     */
    static List<InetSocketAddress> inFile(Path file) {
        var servers = parse(
                RESOLV_CONF,
                read(file)
                        .lines()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                        .map(words -> words[1].indexOf(':') < 0 ? words[1] : "[" + words[1] + "]:53")
                        .toList());
        if (servers.isEmpty()) {
            throw new InvalidSettingException(RESOLV_CONF, file, "a file with lines such as: nameserver 10.0.0.53");
        }
        return servers;
    }

    private static String read(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            }
        } catch (IOException e) {
            throw new InvalidSettingException(RESOLV_CONF, file, "a file that can be read: " + e);
        }
        throw new InvalidSettingException(RESOLV_CONF, file, "a file of up to " + MAX_BYTES + " bytes");
    }

    private static List<InetSocketAddress> parse(String setting, List<String> texts) {
        if (texts.size() > MAX_SERVERS) {
            throw new InvalidSettingException(setting, texts.size() + " servers", "up to " + MAX_SERVERS);
        }
        return texts.stream()
                .map(text -> NameResolver.server(setting, text.strip()))
                .toList();
    }
}
