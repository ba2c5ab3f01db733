package io.suimon.controlplane.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.grpc.Deadline;
import io.grpc.Status;
import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoreUnavailableException;
import io.suimon.controlplane.store.StoredEntry;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/** Reads everything below the prefix at one revision, page by page. Thread-safe. */
final class EtcdReader {

    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    private final EtcdCalls calls;
    private final EtcdSettings settings;

    EtcdReader(EtcdCalls calls, EtcdSettings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    StoreSnapshot list() throws StoreUnavailableException {
        var whole = Deadline.after(settings.deadlines().list().toNanos(), TimeUnit.NANOSECONDS);
        while (true) {
            try {
                return listOnce(whole);
            } catch (EtcdFailure e) {
                // OUT_OF_RANGE: the revision was compacted away between two pages; a new list has a newer one.
                if (e.code() != Status.Code.OUT_OF_RANGE || whole.isExpired()) {
                    throw new StoreUnavailableException(String.valueOf(e.getMessage()), e);
                }
            }
        }
    }

    private StoreSnapshot listOnce(Deadline whole) throws EtcdFailure {
        var entries = new ArrayList<StoredEntry>();
        var from = settings.keys().start();
        var store = "";
        long revision = 0;
        boolean more = true;
        while (more) {
            var page = page(from, revision, whole);
            if (revision == 0) {
                revision = page.getHeader().getRevision();
                store = storeId(page.getHeader().getClusterId());
            }
            page.getKvsList().forEach(found -> settings.keys().entry(found).ifPresent(entries::add));
            more = page.getMore();
            if (more) {
                from = page.getKvs(page.getKvsCount() - 1).getKey().concat(ZERO);
            }
        }
        return new StoreSnapshot(store, revision, entries);
    }

    /** A page, with fewer keys when their values do not fit into one message. */
    private RangeResponse page(ByteString from, long revision, Deadline whole) throws EtcdFailure {
        for (long keys = settings.pageKeys(); ; keys /= 2) {
            var request = RangeRequest.newBuilder()
                    .setKey(from)
                    .setRangeEnd(settings.keys().end())
                    .setLimit(keys)
                    .setRevision(revision)
                    .build();
            try {
                var deadline = Deadline.after(settings.deadlines().read().toNanos(), TimeUnit.NANOSECONDS);
                return calls.readMuch(KVGrpc.getRangeMethod(), request, deadline.minimum(whole));
            } catch (EtcdFailure e) {
                if (e.code() != Status.Code.RESOURCE_EXHAUSTED || keys == 1) {
                    throw e;
                }
            }
        }
    }

    /** A cluster's id as text. */
    static String storeId(long clusterId) {
        return Long.toHexString(clusterId);
    }
}
