package io.suimon.controlplane.store;

import io.suimon.controlplane.store.MeteredConfigStore.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MeteredConfigStoreTest {

    @TempDir
    Path folder;

    @Test
    void countsWritesByWhatBecameOfThem() throws Exception {
        var store = StoreFactory.open(TestStoreConfig.with(Map.of("path", folder.toString())));
        var put = List.<Mutation>of(new Mutation.Put("routes/1", new byte[1], null));
        store.commit(List.of(), put);
        store.commit(List.of(new Guard("routes/1", 0)), put);
        var reachableWhileOpen = store.reachable();
        store.close();
        store.commit(List.of(), put);

        assertThat(store.writes(Outcome.DONE)).isEqualTo(1);
        assertThat(store.writes(Outcome.CONFLICT)).isEqualTo(1);
        assertThat(store.writes(Outcome.REFUSED)).isEqualTo(1);
        assertThat(store.writes(Outcome.UNCERTAIN)).isZero();
        assertThat(reachableWhileOpen).isTrue();
        assertThat(store.reachable()).isFalse();
    }

    @Test
    void aWriteThatIsTooLargeSaysNothingOfTheStore() throws Exception {
        try (var store = StoreFactory.open(TestStoreConfig.with(Map.of("path", folder.toString())))) {
            store.list();

            store.commit(List.of(), List.of(new Mutation.Put("protos/1", new byte[1_600_000], null)));

            assertThat(store.writes(Outcome.REFUSED)).isEqualTo(1);
            assertThat(store.reachable()).isTrue();
        }
    }

    @Test
    void anEtcdThatIsDownIsUnreachableAndUncertainOfNothing() {
        var settings = Map.of("type", "etcd", "etcd.endpoints", "http://127.0.0.1:1", "write-deadline", "300ms");
        try (var store = StoreFactory.open(TestStoreConfig.with(settings))) {
            store.commit(List.of(), List.of(new Mutation.Put("routes/1", new byte[1], null)));

            assertThat(store.reachable()).isFalse();
            assertThat(store.writes(Outcome.REFUSED)).isEqualTo(1);
        }
    }
}
