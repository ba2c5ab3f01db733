package io.suimon.controlplane.store.etcd;

import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.ConfigStoreContract;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreWatcher;
import io.suimon.controlplane.store.TestStoreConfig;
import io.suimon.process.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EtcdConfigStoreTest extends ConfigStoreContract {

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static EtcdServer etcd;

    private final String prefix = "/test" + PREFIXES.incrementAndGet();
    private ConfigStore store;

    @BeforeAll
    static void startEtcd() {
        etcd = EtcdServer.start(folder);
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @BeforeEach
    void open() {
        store = open(Map.of());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private ConfigStore open(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.putIfAbsent("etcd.endpoints", etcd.endpoint());
        all.putIfAbsent("etcd.prefix", prefix);
        return EtcdConfigStore.open(TestStoreConfig.with(all), new Random(1));
    }

    @Override
    protected ConfigStore store() {
        return store;
    }

    @Override
    protected ConfigStore reopened() {
        store.close();
        store = open(Map.of());
        return store;
    }

    @Override
    protected void pass(Duration time) {
        // etcd has its own clock: whoever waits for a lifetime waits for its effect.
    }

    @Test
    void keysLieWhereApisixKeepsThem() {
        done(put("routes/1", "{\"uri\":\"/\"}"));

        var printed = etcd.ctl("get", "--print-value-only", prefix + "/routes/1");

        assertThat(printed).isEqualTo("{\"uri\":\"/\"}\n");
    }

    @Test
    void keysOfOthersAreLeftAlone() throws Exception {
        etcd.ctl("put", prefix + "/routes/", "init_dir");
        etcd.ctl("put", prefix + "/routes/\u00ff\u0001", "any");
        etcd.ctl("put", prefix + "_other/routes/1", "other");
        etcd.ctl("put", prefix, "itself");
        done(put("routes/1", "a"), new Mutation.DeletePrefix("services/"));

        var snapshot = list();

        assertThat(contents(snapshot)).containsExactly("routes/=init_dir", "routes/1=a", "routes/\u00ff\u0001=any");
        assertThat(etcd.ctl("get", "--print-value-only", prefix + "_other/routes/1"))
                .isEqualTo("other\n");
        assertThat(etcd.ctl("get", "--print-value-only", prefix)).isEqualTo("itself\n");
    }

    @Test
    void listsInPagesAtOneRevisionHoweverLargeTheWhole() throws Exception {
        for (int i = 0; i < 40; i++) {
            done(new Mutation.Put("protos/" + (100 + i), new byte[1_400_000], null));
        }
        store.close();
        store = open(Map.of("etcd.page-keys", "30"));

        var snapshot = list();

        assertThat(snapshot.entries())
                .hasSize(40)
                .allSatisfy(entry -> assertThat(entry.value()).hasSize(1_400_000));
    }

    @Test
    void everyPageIsOfOneRevisionWhateverIsWrittenMeanwhile() throws Exception {
        var keys = IntStream.range(0, 10).mapToObj(i -> "routes/" + i).toList();
        writeAll(keys, 0);
        var reader = open(Map.of("etcd.page-keys", "1"));
        var over = new AtomicBoolean();
        var writer = Thread.ofVirtual().start(() -> {
            for (int i = 1; !over.get(); i++) {
                writeAll(keys, i);
            }
        });
        try (reader) {
            for (int i = 0; i < 50; i++) {
                var snapshot = reader.list();

                assertThat(snapshot.entries())
                        .hasSize(keys.size())
                        .allSatisfy(entry -> assertThat(entry.modRevision()).isEqualTo(snapshot.revision()));
                assertThat(contents(snapshot).stream().map(text -> text.replaceFirst(".*=", "")))
                        .containsOnly(new String(snapshot.entries().getFirst().value(), UTF_8));
            }
        } finally {
            over.set(true);
            writer.join();
        }
        assertThat(list().revision()).isGreaterThan(50);
    }

    private void writeAll(List<String> keys, int value) {
        done(keys.stream().map(key -> put(key, "" + value)).toArray(Mutation[]::new));
    }

    @Test
    void aWatchCatchesUpOnMoreThanFitsIntoOneMessage() throws Exception {
        var before = list();
        for (int i = 0; i < 40; i++) {
            done(new Mutation.Put("protos/" + i % 5, new byte[1_400_000], null));
        }

        var watcher = watchFrom(before).until(it -> it.events().size() == 40);

        assertThat(watcher.batches().getLast().revision()).isEqualTo(list().revision());
    }

    @Test
    void aWatchBehindACompactionEnds() throws Exception {
        var before = list();
        done(put("routes/1", "a"));
        long last = done(put("routes/1", "b"));
        etcd.ctl("compact", Long.toString(last));

        var watcher = watchFrom(before).until(it -> it.ending() != null);

        assertThat(watcher.ending()).isEqualTo(StoreWatcher.Ending.HISTORY_LOST);
        assertThat(watcher.reason()).startsWith("history begins after revision " + last);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "etcd.endpoints | 127.0.0.1:2379 | http://host:port or https://host:port",
                "etcd.endpoints | http://127.0.0.1 | http://host:port or https://host:port",
                "etcd.endpoints | http://127.0.0.1:2379/v3 | http://host:port or https://host:port",
                "etcd.endpoints | http://127.0.0.1:99999 | http://host:port or https://host:port",
                "etcd.endpoints | http://[::1:2379 | http://host:port or https://host:port",
                "etcd.prefix | /apisix/ | a prefix without slash at the end, like /apisix",
                "etcd.page-keys | 0 | at least 1",
                "etcd.user | root | set together with suimon.store.etcd.password",
                "etcd.tls.ca-file | /no/such.pem | a PEM file that can be read",
            })
    void settingsThatCannotBeUsedAreNamed(String setting, String value, String expected) {
        assertThatThrownBy(() -> open(Map.of(setting, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("suimon.store." + setting + ": " + value + " (expected: " + expected + ")");
    }

    @Test
    void aPasswordInAnEndpointIsNotPrinted() {
        assertThatThrownBy(() -> open(Map.of("etcd.endpoints", "http://root:hunter2@127.0.0.1:2379")))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void bytesThatAreNoTextComeBack() throws Exception {
        var bytes = new byte[] {0, (byte) 0xff, (byte) 0xc3, 10, 0};

        var commit = store.commit(List.of(), List.of(new Mutation.Put("protos/1", bytes, null)));

        assertThat(commit).isNotNull();
        assertThat(entry("protos/1").value()).isEqualTo(bytes);
        assertThat(new String(entry("protos/1").value(), UTF_8)).hasSize(5);
    }
}
