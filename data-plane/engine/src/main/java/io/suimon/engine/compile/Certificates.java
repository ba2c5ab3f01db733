package io.suimon.engine.compile;

import io.suimon.engine.collection.PersistentMap;
import io.suimon.engine.resource.Certificate;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.tls.CertificateIndex;
import io.suimon.engine.tls.KeyMaterial;
import io.suimon.engine.tls.ServerCertificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates handshakes find, and those that cannot be used. Immutable.
 *
 * <p>Whether a key is that of its certificate is asked here and not at admission, as people may write such pairs; one that is not
 * stays at its last good form.
 *
 * @param rejections of certificates that cannot be used
 */
record Certificates(CertificateIndex index, PersistentMap<ResourceKey, Rejection> rejections) {

    static final Certificates NONE = new Certificates(CertificateIndex.EMPTY, PersistentMap.empty());

    /** What became of one object. */
    private record Examined(
            ResourceKey key,
            @Nullable LiveResource live,
            @Nullable String fault) {}

    /** These certificates with the present form of those that changed. */
    Certificates with(Collection<ResourceKey> affected, Configuration configuration) {
        var changed =
                affected.stream().filter(key -> key.kind() == ResourceKind.SSL).toList();
        if (changed.isEmpty()) {
            return this; // as with nearly every change: no other thread is to be woken for it
        }
        var examined = changed.parallelStream()
                .map(key -> examine(key, configuration.live(key)))
                .toList();
        var updated = this;
        for (var one : examined) {
            updated = updated.with(one);
        }
        return updated;
    }

    private static Examined examine(ResourceKey key, @Nullable LiveResource live) {
        var fault = live == null ? null : KeyMaterial.fault(certificate(live).pairs());
        return new Examined(key, live, fault);
    }

    private Certificates with(Examined one) {
        var live = one.live();
        if (live == null) {
            return new Certificates(index.without(one.key()), rejections.without(one.key()));
        }
        if (one.fault() != null) {
            var rejection = new Rejection(one.key(), live.source().modRevision(), one.fault());
            return new Certificates(index, rejections.with(one.key(), rejection));
        }
        return new Certificates(claimed(one.key(), live), rejections.without(one.key()));
    }

    private CertificateIndex claimed(ResourceKey key, LiveResource live) {
        var certificate = certificate(live);
        if (certificate.type() != Certificate.Type.SERVER || !certificate.enabled()) {
            return index.without(key);
        }
        long created = live.source().createRevision();
        return index.with(
                new CertificateIndex.Claim(key, created, certificate.snis(), ServerCertificate.of(certificate)));
    }

    private static Certificate certificate(LiveResource live) {
        return (Certificate) live.resource();
    }

    /** Those that cannot be used, for people. */
    List<Rejection> rejected() {
        var rejected = new ArrayList<Rejection>();
        rejections.forEach((key, rejection) -> rejected.add(rejection));
        return rejected;
    }
}
