package io.suimon.controlplane.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.WatchResponse;
import io.suimon.controlplane.store.WatchStart;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** After revision 5 of a store. */
class WatchEventsTest {

    private static final long CLUSTER = 7;

    private final WatchEvents events =
            new WatchEvents(KeySpace.of("/apisix"), WatchStart.behind(EtcdReader.storeId(CLUSTER), 5));

    private static WatchResponse.Builder at(long revision) {
        return WatchResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setClusterId(CLUSTER).setRevision(revision));
    }

    private static Event put(long revision) {
        return Event.newBuilder()
                .setKv(KeyValue.newBuilder()
                        .setKey(ByteString.copyFromUtf8("/apisix/routes/1"))
                        .setModRevision(revision))
                .build();
    }

    @Test
    void announcementIsNoProgressBeforeTheEventsOfItHaveCome() {
        var announced = events.take(at(9).build());
        long resumed = events.revision();

        var changed = events.take(at(9).addEvents(put(9)).build());

        assertThat(announced).isEqualTo(new WatchEvents.News.Progressed(5));
        assertThat(resumed).isEqualTo(5);
        assertThat(changed)
                .isInstanceOfSatisfying(
                        WatchEvents.News.Changed.class,
                        news -> assertThat(news.revision()).isEqualTo(9));
    }

    @Test
    void memberThatIsAheadOfTheEventsItSendsIsTakenByThem() {
        var changed = events.take(at(99).addEvents(put(6)).build());

        assertThat(changed).isInstanceOf(WatchEvents.News.Changed.class);
        assertThat(events.revision()).isEqualTo(6);
    }
}
