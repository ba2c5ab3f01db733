package io.suimon.controlplane.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What every store does alike. Each test gets an empty store. */
public abstract class ConfigStoreContract {

    protected abstract ConfigStore store();

    /** The store at the same place, closed and opened again. */
    protected abstract ConfigStore reopened();

    /** Lets this much time go by for the lifetimes of keys. */
    protected abstract void pass(Duration time);

    protected static Mutation.Put put(String path, String value) {
        return new Mutation.Put(path, value.getBytes(UTF_8), null);
    }

    protected static Mutation.Put put(String path, String value, Duration timeToLive) {
        return new Mutation.Put(path, value.getBytes(UTF_8), timeToLive);
    }

    protected final long done(Mutation... mutations) {
        var commit = store().commit(List.of(), List.of(mutations));
        assertThat(commit).isInstanceOf(Commit.Done.class);
        return ((Commit.Done) commit).revision();
    }

    protected final StoreSnapshot list() throws StoreUnavailableException {
        return store().list();
    }

    protected static List<String> contents(StoreSnapshot snapshot) {
        return snapshot.entries().stream()
                .map(entry -> entry.path() + "=" + new String(entry.value(), UTF_8))
                .toList();
    }

    protected final StoredEntry entry(String path) throws StoreUnavailableException {
        return list().entries().stream()
                .filter(entry -> entry.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    protected final RecordingWatcher watchFrom(StoreSnapshot snapshot) {
        var watcher = new RecordingWatcher();
        store().watch(WatchStart.behind(snapshot.storeId(), snapshot.revision()), watcher);
        return watcher;
    }

    private static String describe(StoreEvent event) {
        return switch (event) {
            case StoreEvent.Put put -> "put " + put.entry();
            case StoreEvent.Delete delete -> "delete " + delete.path();
        };
    }

    @Test
    void everyTransactionThatChangesSomethingAdvancesTheRevisionByOne() throws Exception {
        long before = list().revision();

        long first = done(put("routes/1", "a"), put("routes/2", "b"));
        long second = done(put("routes/1", "a"));
        long third = done(new Mutation.Delete("routes/2"));

        assertThat(List.of(first, second, third)).containsExactly(before + 1, before + 2, before + 3);
        assertThat(list().revision()).isEqualTo(third);
    }

    @Test
    void deletingWhatIsNotThereLeavesTheRevision() throws Exception {
        long before = done(put("routes/1", "a"));

        long after = done(new Mutation.Delete("routes/2"), new Mutation.DeletePrefix("services/"));

        assertThat(after).isEqualTo(before);
        assertThat(list().revision()).isEqualTo(before);
    }

    @Test
    void entriesTellWhenTheyWereCreatedAndLastWritten() throws Exception {
        long created = done(put("routes/1", "a"));
        long modified = done(put("routes/1", "b"));

        var entry = entry("routes/1");

        assertThat(entry).isEqualTo(new StoredEntry("routes/1", created, modified, "b".getBytes(UTF_8)));
    }

    @Test
    void aKeyThatComesBackWasCreatedAnew() throws Exception {
        done(put("routes/1", "a"));
        done(new Mutation.Delete("routes/1"));
        long again = done(put("routes/1", "a"));

        var entry = entry("routes/1");

        assertThat(entry.createRevision()).isEqualTo(again);
    }

    @Test
    void listsInOrderOfPath() throws Exception {
        done(put("routes/2", "b"), put("consumers/jack", "c"), put("routes/10", "ten"), put("routes/1", "ä水"));

        var snapshot = list();

        assertThat(contents(snapshot))
                .containsExactly("consumers/jack=c", "routes/1=ä水", "routes/10=ten", "routes/2=b");
    }

    @Test
    void aGuardThatHoldsLetsTheTransactionPass() {
        long revision = done(put("routes/1", "a"));

        var commit = store().commit(
                        List.of(new Guard("routes/1", revision), new Guard("routes/2", 0)),
                        List.of(put("routes/2", "b")));

        assertThat(commit).isEqualTo(new Commit.Done(revision + 1));
    }

    @Test
    void aGuardThatDoesNotHoldStopsEveryMutation() throws Exception {
        long revision = done(put("routes/1", "a"));

        var commits = Stream.of(
                        new Guard("routes/1", 0), new Guard("routes/1", revision - 1), new Guard("routes/2", revision))
                .map(guard -> store().commit(
                                List.of(new Guard("routes/1", revision), guard),
                                List.of(put("routes/3", "c"), new Mutation.Delete("routes/1"))))
                .toList();

        assertThat(commits).hasSize(3).containsOnly(new Commit.Conflict());
        assertThat(contents(list())).containsExactly("routes/1=a");
        assertThat(list().revision()).isEqualTo(revision);
    }

    @Test
    void deletesAPrefixAndNothingBeside() throws Exception {
        done(put("consumers/a", "1"), put("consumers/a/credentials/1", "2"), put("consumers/a/credentials/2", "3"));
        done(put("consumers/ab", "4"));

        done(new Mutation.Delete("consumers/a"), new Mutation.DeletePrefix("consumers/a/"));

        assertThat(contents(list())).containsExactly("consumers/ab=4");
    }

    @Test
    void writingAKeyTwiceInOneTransactionIsAMistake() {
        var twice = List.<Mutation>of(put("routes/1", "a"), put("routes/1", "b"));
        var underPrefix = List.<Mutation>of(put("routes/1", "a"), new Mutation.DeletePrefix("routes/"));

        assertThatThrownBy(() -> store().commit(List.of(), twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transaction: routes/1 is written twice (expected: one mutation per key)");
        assertThatThrownBy(() -> store().commit(List.of(), underPrefix)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTransactionOfTheLargestNumberOfMutationsPasses() throws Exception {
        var guards = IntStream.range(0, Transaction.MAX_OPERATIONS)
                .mapToObj(i -> new Guard("routes/" + i, 0))
                .toList();
        var mutations = IntStream.range(0, Transaction.MAX_OPERATIONS)
                .<Mutation>mapToObj(i -> put("routes/" + i, "x"))
                .toList();

        var commit = store().commit(guards, mutations);

        assertThat(commit).isInstanceOf(Commit.Done.class);
        assertThat(list().entries()).hasSize(Transaction.MAX_OPERATIONS);
    }

    @Test
    void aTransactionOfThousandsOfMutationsIsOneRevision() throws Exception {
        var guards = List.of(new Guard("marks/head", 0));
        var mutations = IntStream.range(0, 5_000)
                .<Mutation>mapToObj(i -> put("routes/" + i, "x"))
                .toList();

        var commit = store().commit(guards, mutations);
        var again = store().commit(List.of(new Guard("routes/1", 0)), mutations);

        assertThat(commit).isInstanceOf(Commit.Done.class);
        assertThat(again).isInstanceOf(Commit.Conflict.class);
        assertThat(list().entries())
                .hasSize(5_000)
                .allSatisfy(entry -> assertThat(entry.modRevision()).isEqualTo(((Commit.Done) commit).revision()));
    }

    @Test
    void aValueOfAnyBytesComesBackAndOneTooLargeIsRefused() throws Exception {
        var bytes = new byte[1_000_000];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i * 31));

        var large = store().commit(List.of(), List.of(new Mutation.Put("protos/1", bytes, null)));
        var tooLarge = store().commit(List.of(), List.of(new Mutation.Put("protos/2", new byte[1_600_000], null)));

        assertThat(large).isInstanceOf(Commit.Done.class);
        assertThat(Arrays.equals(entry("protos/1").value(), bytes)).isTrue();
        assertThat(tooLarge).isEqualTo(new Commit.TooLarge("transaction of 1600040 bytes (expected: at most 1500000)"));
    }

    @Test
    void contentRevisionAndIdentitySurviveARestart() throws Exception {
        done(put("routes/1", "a"), put("routes/2", "b"));
        done(new Mutation.Delete("routes/2"));
        var before = list();

        var after = reopened().list();

        assertThat(after).isEqualTo(before);
    }

    @Test
    void aWatchTellsOfEveryChangeInOrder() throws Exception {
        var watcher = watchFrom(list());
        long first = done(put("routes/1", "a"), put("routes/2", "b"));
        long second = done(new Mutation.Delete("routes/1"), put("routes/2", "c"));

        watcher.until(it -> it.events().size() == 4);

        assertThat(watcher.events().stream().map(ConfigStoreContract::describe))
                .containsExactlyInAnyOrder(
                        "put routes/1@" + first, "put routes/2@" + first, "delete routes/1", "put routes/2@" + second);
        assertThat(watcher.batches().getLast().revision()).isEqualTo(second);
    }

    @Test
    void aWatchFromThePastTellsWhatHappenedSince() throws Exception {
        done(put("routes/1", "a"));
        var snapshot = list();
        long next = done(put("routes/2", "b"));

        var watcher = watchFrom(snapshot).until(it -> !it.events().isEmpty());

        assertThat(watcher.events().stream().map(ConfigStoreContract::describe))
                .containsExactly("put routes/2@" + next);
    }

    @Test
    void aWatchWithoutChangesSaysThatItIsAlive() throws Exception {
        long revision = done(put("routes/1", "a"));

        var watcher = watchFrom(list()).until(it -> it.progress() > 0);

        assertThat(watcher.progress()).isEqualTo(revision);
        assertThat(watcher.batches()).isEmpty();
    }

    @Test
    void aWatchNeverShowsAPartOfARevision() throws Exception {
        var watcher = watchFrom(list());
        int transactions = 60;
        for (int i = 0; i < transactions; i++) {
            done(put("a", "" + i), put("b", "" + i), put("c", "" + i));
        }

        watcher.until(it -> it.events().size() == 3 * transactions);

        assertThat(watcher.batches())
                .allSatisfy(batch -> assertThat(batch.events().size() % 3).isZero());
    }

    @Test
    void aClosedWatchTellsNothingMore() throws Exception {
        var closed = new RecordingWatcher();
        var snapshot = list();
        store().watch(WatchStart.behind(snapshot.storeId(), snapshot.revision()), closed)
                .close();
        var open = watchFrom(snapshot);

        done(put("routes/1", "a"));
        open.until(it -> !it.events().isEmpty());

        assertThat(closed.events()).isEmpty();
        assertThat(closed.ending()).isNull();
    }

    @Test
    void aWatchOfAnotherStoreEnds() throws Exception {
        var watcher = new RecordingWatcher();

        store().watch(WatchStart.behind("other", list().revision()), watcher);

        watcher.until(it -> it.ending() == StoreWatcher.Ending.HISTORY_LOST);
        assertThat(watcher.reason()).contains(list().storeId()).contains("expected: other");
    }

    @Test
    void aWatchThatKnowsARevisionThatNeverWasEndsThoughItBeginsBefore() throws Exception {
        done(put("routes/1", "a"));
        var snapshot = list();
        var watcher = new RecordingWatcher();

        store().watch(new WatchStart(snapshot.storeId(), snapshot.revision() + 10, snapshot.revision() - 1), watcher);

        watcher.until(it -> it.ending() == StoreWatcher.Ending.HISTORY_LOST);
        assertThat(watcher.reason()).contains("revision " + snapshot.revision());
        assertThat(watcher.events()).isEmpty();
    }

    @Test
    void watchesEndWhenTheStoreIsClosed() throws Exception {
        var watcher = watchFrom(list()).until(it -> it.progress() > 0);

        store().close();

        watcher.until(it -> it.ending() == StoreWatcher.Ending.CLOSED);
    }

    @Test
    void aClosedStoreTakesNoWrites() {
        store().close();

        var commit = store().commit(List.of(), List.of(put("routes/1", "a")));

        assertThat(commit).isEqualTo(new Commit.Unavailable(false, "the store is closed"));
    }

    @Test
    void aKeyWithALifetimeDisappearsAndOthersStay() throws Exception {
        done(put("routes/1", "a"));
        var watcher = watchFrom(list()).until(it -> it.progress() > 0);
        long written =
                done(put("data_plane/1", "a", Duration.ofSeconds(2)), put("data_plane/2", "b", Duration.ofMinutes(5)));

        pass(Duration.ofSeconds(3));

        watcher.until(it -> it.events().size() == 3);
        assertThat(watcher.events().getLast()).isEqualTo(new StoreEvent.Delete("data_plane/1", written + 1));
        assertThat(contents(list())).containsExactly("data_plane/2=b", "routes/1=a");
        assertThat(list().revision()).isEqualTo(written + 1);
    }

    @Test
    void aLaterPutDecidesWhetherAKeyDisappears() throws Exception {
        done(put("data_plane/1", "a", Duration.ofSeconds(2)), put("data_plane/2", "b", Duration.ofSeconds(2)));
        done(put("data_plane/1", "stays"), put("data_plane/2", "stays longer", Duration.ofMinutes(5)));
        done(put("data_plane/3", "goes", Duration.ofSeconds(2)));

        pass(Duration.ofSeconds(3));

        await().untilAsserted(() ->
                assertThat(contents(list())).containsExactly("data_plane/1=stays", "data_plane/2=stays longer"));
    }

    @Test
    void lifetimesGoOnAfterARestart() throws Exception {
        done(put("data_plane/1", "a", Duration.ofSeconds(2)), put("routes/1", "a"));

        var after = reopened();
        pass(Duration.ofSeconds(3));

        await().untilAsserted(() -> assertThat(contents(after.list())).containsExactly("routes/1=a"));
    }

    @Test
    void ofWritersThatRaceForAKeyExactlyOneWinsEachRound() throws Exception {
        int writers = 8;
        int rounds = 20;
        var wins = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < rounds; round++) {
                long seen = round == 0 ? 0 : wins.getLast();
                var race = IntStream.range(0, writers)
                        .mapToObj(i -> threads.submit(() -> store().commit(
                                        List.of(new Guard("routes/1", seen)), List.of(put("routes/1", "writer " + i)))))
                        .toList();
                for (var runner : race) {
                    if (runner.get() instanceof Commit.Done(var revision)) {
                        wins.add(revision);
                    }
                }
            }
        }

        assertThat(wins).hasSize(rounds).isSorted().doesNotHaveDuplicates();
    }
}
