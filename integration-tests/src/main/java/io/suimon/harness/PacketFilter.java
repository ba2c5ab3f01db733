package io.suimon.harness;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lets the kernel drop packets to and from ports of the loopback interface, in an nftables table of this process's own. It drops none
 * for longer than {@link #AT_MOST}, whatever becomes of the process. Thread-safe.
 */
public final class PacketFilter {

    private static final String AT_MOST = "2m";
    private static volatile boolean used;

    private PacketFilter() {}

    /** Why packets cannot be dropped here, for people: what it needs; empty when they can. */
    public static Optional<String> obstacle() {
        if (!Commands.isRoot()) {
            return Optional.of("needs root");
        }
        var table = RunMark.own() + "_probe";
        try {
            nft("add table inet %1$s; delete table inet %1$s".formatted(table));
            return Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.of("needs nft (in Debian the package nftables)");
        } catch (IllegalStateException e) {
            return Optional.of("needs a root that may change nftables");
        }
    }

    /** Drops packets to and from these ports, and no others. */
    public static void drop(Collection<Integer> ports) {
        pass();
        used = true;
        var elements = ports.stream().map(port -> port + " timeout " + AT_MOST).collect(Collectors.joining(", "));
        nft("""
            add table inet %1$s
            add set inet %1$s ports { type inet_service; flags timeout; }
            add element inet %1$s ports { %2$s }
            add chain inet %1$s input { type filter hook input priority 0; policy accept; }
            add rule inet %1$s input iifname "lo" tcp dport @ports drop
            add rule inet %1$s input iifname "lo" tcp sport @ports drop
            """.formatted(RunMark.own(), elements));
    }

    /** Drops nothing more. */
    public static void pass() {
        if (used && tables().contains(RunMark.own())) {
            nft("delete table inet " + RunMark.own());
        }
    }

    /** Removes what runs left that ended without. */
    public static void removeLeftovers() {
        if (obstacle().isEmpty()) {
            tables().stream().filter(RunMark::isLeftOver).forEach(table -> nft("delete table inet " + table));
        }
    }

    private static List<String> tables() {
        return nft("list tables inet")
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    private static String nft(String script) {
        return Commands.output(List.of("nft", script));
    }
}
