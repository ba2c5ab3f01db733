package io.suimon.controlplane.admission;

import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A plugin's shared group is the state that a review depends on: whoever has it decides what others may ask of it. */
class CompileCheckTest {

    private static final PlainView NOTHING = new PlainView(1, EntryTree.empty());
    private static final PlainView WITH_TWO = withGroupOf(2, 2);

    private final Admission admission = admission();

    @Test
    void everyReviewIsOfTheViewItIsAskedAbout() {
        var without = new PlainView(3, WITH_TWO.entries().without("routes/a"));
        var withThree = new PlainView(4, without.entries().with(route("a", 4, 3)));

        assertThat(admits(NOTHING, 3)).isTrue();
        assertThat(admits(WITH_TWO, 2)).isTrue();
        assertThat(admits(WITH_TWO, 3)).isFalse();
        assertThat(admits(without, 3)).isTrue();
        assertThat(admits(withThree, 2)).isFalse();
        assertThat(admits(withThree, 3)).isTrue();
        assertThat(admits(WITH_TWO, 3)).as("an older view again").isFalse();
        assertThat(admits(NOTHING, 3)).as("and the oldest").isTrue();
    }

    @Test
    void aViewThatWasPreparedIsReviewedAsOneThatWasNot() {
        admission.prepare(WITH_TWO);

        assertThat(admits(WITH_TWO, 3)).isFalse();
        assertThat(admits(WITH_TWO, 2)).isTrue();
    }

    private boolean admits(MirrorView view, int count) {
        var key = new ResourceKey(ResourceKind.ROUTE, "b");
        var change = new Change.Put(
                key,
                Json.object(json("b", count).getBytes(StandardCharsets.UTF_8)).orElseThrow());
        return admission.review(change, view) instanceof Verdict.Admitted;
    }

    private static PlainView withGroupOf(long revision, int count) {
        return new PlainView(revision, EntryTree.empty().with(route("a", revision, count)));
    }

    private static StoredEntry route(String id, long revision, int count) {
        return new StoredEntry(
                "routes/" + id, revision, revision, json(id, count).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String id, int count) {
        return "{\"id\":\"" + id + "\",\"uri\":\"/" + id + "\",\"upstream\":{\"nodes\":{\"10.0.0.1:80\":1}},"
                + "\"plugins\":{\"limit-count\":{\"count\":" + count + ",\"time_window\":60,\"group\":\"shared\"}}}";
    }

    private static Admission admission() {
        var parser = new ResourceParser();
        var catalog = PluginCatalog.load();
        return new Admission(parser, catalog, new RuntimeCompiler(parser, catalog, PluginServices.forAdmission()));
    }
}
