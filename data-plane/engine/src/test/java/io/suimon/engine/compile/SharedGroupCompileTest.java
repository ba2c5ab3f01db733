package io.suimon.engine.compile;

import io.suimon.engine.resource.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.suimon.engine.compile.TestBench.key;
import static io.suimon.engine.compile.TestBench.resource;
import static org.assertj.core.api.Assertions.assertThat;

class SharedGroupCompileTest {

    private static final String ROUTE = "{'uri':'/r','plugins':{'first':{'say':'hi'}}}";
    private static final String TEAM_ROUTE = ROUTE.replace("'say'", "'team':'red','say'");
    private static final String MISMATCH =
            "failed to check the configuration of plugin first err: group conf mismatched";

    private final TestBench bench = new TestBench();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "routes/2 | 'uri':'/s',",
                "services/1 | ",
                "plugin_configs/1 | ",
                "consumer_groups/1 | ",
                "global_rules/1 | ",
                "consumers/jack | 'username':'jack',",
            })
    void whoMeansSomethingElseByASharedGroupIsRefused(String path, @Nullable String start) {
        var json = "{" + (start == null ? "" : start) + "'plugins':{'first':{'team':'red','say':'other'}}}";
        bench.put("routes/1", TEAM_ROUTE);

        var review = bench.compiler().review(bench.runtime(), resource(path, 2, json));
        bench.put(path, json);

        assertThat(review).extracting(Violation::message).containsExactly(MISMATCH);
        assertThat(bench.rejections()).containsExactly(new Rejection(key(path), 2, MISMATCH));
        assertThat(bench.runtime().configuration().live(key(path))).isNull();
    }

    @Test
    void aGroupIsAPluginsOwn() {
        bench.put("routes/1", TEAM_ROUTE);

        bench.put("routes/2", "{'uri':'/s','plugins':{'middle':{'team':'red','say':'other'}}}")
                .put("routes/3", "{'uri':'/t','plugins':{'first':{'team':'blue','say':'other'}}}")
                .put("routes/4", "{'uri':'/u','plugins':{'first':{'say':'hi','team':'red','_meta':{'priority':1}}}}");

        assertThat(bench.rejections()).isEmpty();
    }

    @Test
    void theOnlyMemberOfAGroupMayChangeWhatItMeans() {
        bench.put("routes/1", TEAM_ROUTE);
        var changed = TEAM_ROUTE.replace("'hi'", "'other'");

        var review = bench.compiler().review(bench.runtime(), resource("routes/1", 1, 2, changed));
        bench.put("routes/1", changed);

        assertThat(review).isEmpty();
        assertThat(bench.rejections()).isEmpty();
        assertThat(firstFilter("/r")).isEqualTo("other by routes/1");
    }

    @Test
    void whoIsRefusedAGroupStaysAtItsLastGoodFormUntilTheOtherGoes() {
        bench.put("routes/1", TEAM_ROUTE)
                .put("routes/2", ROUTE.replace("/r", "/s"))
                .put("routes/2", TEAM_ROUTE.replace("/r", "/s").replace("'hi'", "'other'"));
        var refused = bench.rejections();
        var lastGood = firstFilter("/s");

        bench.remove("routes/1");

        assertThat(refused).containsExactly(new Rejection(key("routes/2"), 3, MISMATCH));
        assertThat(lastGood).isEqualTo("hi by routes/2");
        assertThat(bench.rejections()).isEmpty();
        assertThat(firstFilter("/s")).isEqualTo("other by routes/2");
    }

    @Test
    void whoIsRefusedAGroupIsTriedAgainWhenTheOtherComesToAgree() {
        bench.put("routes/1", TEAM_ROUTE)
                .put("routes/2", TEAM_ROUTE.replace("/r", "/s").replace("'hi'", "'other'"));
        var before = bench.route("/s");

        bench.put("routes/1", TEAM_ROUTE.replace("'hi'", "'other'"));

        assertThat(before).isNull();
        assertThat(bench.rejections()).isEmpty();
        assertThat(firstFilter("/s")).isEqualTo("other by routes/2");
    }

    @Test
    void whoWasCreatedFirstKeepsTheGroupWhateverTheOrderOfLoading() {
        var other = TEAM_ROUTE.replace("/r", "/s").replace("'hi'", "'other'");

        bench.load(
                resource("routes/b", 5, TEAM_ROUTE), resource("routes/c", 4, 6, other), resource("routes/a", 5, other));

        assertThat(bench.rejections()).containsExactly(new Rejection(key("routes/b"), 5, MISMATCH));
        assertThat(firstFilter("/s")).isEqualTo("other by routes/c");
    }

    @Test
    void whoIsRefusedOneGroupHasNoSayInAnother() {
        var both = "{'uri':'/s','plugins':{'first':{'team':'red','say':'other'},'middle':{'team':'red','say':'a'}}}";
        bench.put("routes/1", TEAM_ROUTE).put("routes/2", both);

        bench.put("routes/3", "{'uri':'/t','plugins':{'middle':{'team':'red','say':'b'}}}");
        var besideARefused = bench.rejections();
        bench.remove("routes/1");

        assertThat(besideARefused).extracting(Rejection::key).containsExactly(key("routes/2"));
        assertThat(bench.rejections()).extracting(Rejection::key).containsExactly(key("routes/3"));
    }

    @Test
    void aReviewRefusesWhatWouldPushAnotherOutOfTheirGroup() {
        bench.put("routes/1", TEAM_ROUTE).put("routes/2", TEAM_ROUTE.replace("/r", "/s"));
        var compiler = bench.compiler();

        var mismatch =
                compiler.review(bench.runtime(), resource("routes/1", 1, 3, TEAM_ROUTE.replace("'hi'", "'other'")));
        var leaving = compiler.review(bench.runtime(), resource("routes/1", 1, 3, ROUTE));

        assertThat(mismatch).extracting(Violation::message).containsExactly(MISMATCH);
        assertThat(leaving).isEmpty();
    }

    @Test
    void aReviewDoesNotHoldAnOldDisputeAgainstThoseWhoAgreeWithTheFirst() {
        bench.put("routes/1", TEAM_ROUTE)
                .put("routes/2", TEAM_ROUTE.replace("/r", "/s").replace("'hi'", "'other'"));

        var third = bench.compiler().review(bench.runtime(), resource("routes/3", 3, TEAM_ROUTE.replace("/r", "/t")));
        var first =
                bench.compiler().review(bench.runtime(), resource("routes/1", 1, 3, TEAM_ROUTE.replace("/r", "/q")));

        assertThat(third).isEmpty();
        assertThat(first).isEmpty();
    }

    private String firstFilter(String path) {
        return bench.routed(path).chain().links().getFirst().filter().toString();
    }
}
