package io.suimon.engine.tls;

import io.suimon.engine.collection.PersistentMap;
import io.suimon.engine.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Certificates by server name: an exact name first, then {@code *.domain} for one label, then {@code *}. Where several objects claim
 * one name the first that was created has it. Immutable; a change copies a path, whatever the number of names.
 */
public final class CertificateIndex {

    /** No certificates. */
    public static final CertificateIndex EMPTY = new CertificateIndex(PersistentMap.empty(), PersistentMap.empty(), 0);

    private static final String ANY = "*";

    /** No host has a longer name: what is longer is not looked for. */
    private static final int LONGEST_NAME = 255;

    /**
     * One object's claim to its names.
     *
     * @param created the revision it was created at
     */
    public record Claim(ResourceKey key, long created, List<String> names, ServerCertificate certificate) {

        public Claim {
            names = List.copyOf(names);
        }
    }

    private final PersistentMap<ResourceKey, Claim> claims;
    private final PersistentMap<String, List<Claim>> names;
    private final int asking;

    private CertificateIndex(
            PersistentMap<ResourceKey, Claim> claims, PersistentMap<String, List<Claim>> names, int asking) {
        this.claims = claims;
        this.names = names;
        this.asking = asking;
    }

    /** The certificate for a server name in lower case; null when there is none. */
    public @Nullable ServerCertificate find(String serverName) {
        if (serverName.length() > LONGEST_NAME) {
            return null;
        }
        var exact = first(serverName);
        if (exact != null) {
            return exact;
        }
        int labelEnd = serverName.indexOf('.');
        for (int i = 0; i <= labelEnd; i++) {
            var wildcard = first(ANY + serverName.substring(i));
            if (wildcard != null) {
                return wildcard;
            }
        }
        return first(ANY);
    }

    private @Nullable ServerCertificate first(String name) {
        var claimed = names.get(name);
        return claimed == null ? null : claimed.getFirst().certificate();
    }

    /**
     * Whether a request for this host and path may be answered on this connection: the client proved who it is where the connection's
     * certificate asks for that, and a host that asks for it was the one asked for in the handshake.
     *
     * @param host in lower case, without a port
     */
    public boolean admits(TlsSession session, String host, String path) {
        if (!session.policy().admits(session.client(), path)) {
            return false;
        }
        if (asking == 0 || host.equals(session.serverName())) {
            return true;
        }
        var meant = find(host);
        return meant == null || !meant.policy().asks();
    }

    /** With an object's claim in place of what it claimed before. */
    public CertificateIndex with(Claim claim) {
        var others = without(claim.key());
        var updated = others.names;
        for (var name : claim.names()) {
            var sharing = new ArrayList<>(updated.getOrDefault(name, List.of()));
            if (!sharing.contains(claim)) {
                sharing.add(claim);
                sharing.sort(Comparator.comparingLong(Claim::created)
                        .thenComparing(one -> one.key().id()));
                updated = updated.with(name, List.copyOf(sharing));
            }
        }
        int askingNow = others.asking + (claim.certificate().policy().asks() ? 1 : 0);
        return new CertificateIndex(others.claims.with(claim.key(), claim), updated, askingNow);
    }

    /** Without what an object claimed; it need not have claimed anything. */
    public CertificateIndex without(ResourceKey key) {
        var claim = claims.get(key);
        if (claim == null) {
            return this;
        }
        var left = names;
        for (var name : claim.names()) {
            var sharing = left.getOrDefault(name, List.of()).stream()
                    .filter(one -> !one.key().equals(key))
                    .toList();
            left = sharing.isEmpty() ? left.without(name) : left.with(name, sharing);
        }
        int askingLeft = asking - (claim.certificate().policy().asks() ? 1 : 0);
        return new CertificateIndex(claims.without(key), left, askingLeft);
    }
}
