package io.suimon.engine.compile;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Applying changes one by one gives what compiling the result at once gives. */
class IncrementalCompileTest {

    private static final String BROKEN = "{'plugins':{'first':{'say':'broken'}},'uri':'/p1','username':'jack'}";
    private static final List<String> CONSUMERS = List.of("jack", "rose");

    /** A write, or a removal when {@code json} is null. */
    record Step(String path, @Nullable String json) {}

    @Property(tries = 1_000)
    void changesOneByOneGiveWhatTheResultAtOnceGives(@ForAll("changes") List<List<Step>> changes) {
        var compiler = new TestBench().compiler();
        var good = new HashMap<ResourceKey, StoredResource>();
        var created = new HashMap<ResourceKey, Long>();
        var broken = new HashSet<ResourceKey>();
        var compiled = new Compiled(Runtime.EMPTY, List.of());
        long revision = 0;

        for (var change : changes) {
            revision++;
            compiled = compiler.apply(compiled.runtime(), incremental(change, revision, good, created, broken));
        }

        var atOnce =
                compiler.apply(Runtime.EMPTY, new ConfigChange(revision, true, List.copyOf(good.values()), List.of()));
        var mismatched = mismatched(atOnce);
        assertThat(keysIn(compiled)).containsAll(broken);
        assertThat(mismatched(compiled)).isEqualTo(without(broken, mismatched));

        // Those who contradict others run in a form only history knows; all others are the same without them.
        compiled = compiler.apply(compiled.runtime(), removals(revision, mismatched));
        atOnce = compiler.apply(atOnce.runtime(), removals(revision, mismatched));

        assertThat(describe(compiled.runtime())).isEqualTo(describe(atOnce.runtime()));
        assertThat(quarantined(compiled, good, broken)).isEqualTo(quarantined(atOnce, good, broken));
    }

    private static ConfigChange removals(long revision, Set<ResourceKey> keys) {
        return new ConfigChange(revision, false, List.of(), List.copyOf(keys));
    }

    private static Set<ResourceKey> mismatched(Compiled compiled) {
        var keys = new HashSet<ResourceKey>();
        for (var rejection : compiled.rejections()) {
            if (rejection.reason().endsWith("group conf mismatched")) {
                keys.add(rejection.key());
            }
        }
        return keys;
    }

    private static Set<ResourceKey> without(Set<ResourceKey> some, Set<ResourceKey> all) {
        var left = new HashSet<>(all);
        left.removeAll(some);
        return left;
    }

    /** The change, and what it makes of the model: the last good form of each resource, and who is in quarantine. */
    private static ConfigChange incremental(
            List<Step> steps,
            long revision,
            Map<ResourceKey, StoredResource> good,
            Map<ResourceKey, Long> created,
            Set<ResourceKey> broken) {
        var puts = new ArrayList<StoredResource>();
        var removals = new ArrayList<ResourceKey>();
        for (var step : steps) {
            var key = TestBench.key(step.path);
            if (step.json == null) {
                removals.add(key);
                good.remove(key);
                created.remove(key);
                broken.remove(key);
            } else {
                created.putIfAbsent(key, revision);
                var put = TestBench.resource(step.path, created.get(key), revision, step.json);
                puts.add(put);
                if (step.json.equals(BROKEN)) {
                    broken.add(key);
                } else {
                    broken.remove(key);
                    good.put(key, put);
                }
            }
        }
        return new ConfigChange(revision, false, puts, removals);
    }

    /** Conflicts of global rules count in both; what is in quarantine for its own sake, only in one. */
    private static Set<ResourceKey> quarantined(
            Compiled compiled, Map<ResourceKey, StoredResource> good, Set<ResourceKey> broken) {
        var keys = keysIn(compiled);
        keys.removeAll(broken);
        keys.retainAll(good.keySet());
        return keys;
    }

    private static Set<ResourceKey> keysIn(Compiled compiled) {
        var keys = new HashSet<ResourceKey>();
        compiled.rejections().forEach(rejection -> keys.add(rejection.key()));
        return keys;
    }

    private static String describe(Runtime runtime) {
        var text = new StringBuilder();
        for (var path : List.of("/p1", "/p2", "/other")) {
            for (var host : List.of("a.com", "b.com")) {
                text.append(
                        TestBench.describe(runtime, DescribedRequest.get(path).host(host), CONSUMERS));
            }
        }
        for (var token : List.of("t1", "t2")) {
            var entry = runtime.consumers().find("token", token);
            text.append(token)
                    .append(": ")
                    .append(entry == null ? "nobody" : entry.consumer())
                    .append('\n');
        }
        return text.toString();
    }

    @Provide
    Arbitrary<List<List<Step>>> changes() {
        // One step per key and change: a change says of each key what it is afterwards.
        var change = step().list().ofMinSize(1).ofMaxSize(4).uniqueElements(Step::path);
        return change.list().ofMinSize(1).ofMaxSize(15);
    }

    private static Arbitrary<Step> step() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, put("routes", route(), "1", "2", "3")),
                Tuple.of(3, put("services", service(), "s1", "s2")),
                Tuple.of(3, put("upstreams", upstream(), "u1", "u2")),
                Tuple.of(2, put("plugin_configs", plugins(), "p1", "p2")),
                Tuple.of(2, put("global_rules", plugins(), "g1", "g2")),
                Tuple.of(2, put("consumer_groups", plugins(), "cg1")),
                Tuple.of(1, put("plugin_metadata", metadata(), "first", "middle")),
                Tuple.of(2, consumer()),
                Tuple.of(1, put("consumers/jack/credentials", credential(), "c1", "c2")),
                Tuple.of(5, removal()));
    }

    private static Arbitrary<Step> put(String folder, Arbitrary<String> json, String... ids) {
        return Combinators.combine(Arbitraries.of(ids), json).as((id, text) -> new Step(folder + "/" + id, text));
    }

    private static Arbitrary<Step> removal() {
        return Arbitraries.of(new TreeSet<>(Set.of(
                        "routes/1",
                        "routes/2",
                        "services/s1",
                        "upstreams/u1",
                        "plugin_configs/p1",
                        "global_rules/g1",
                        "consumer_groups/cg1",
                        "plugin_metadata/first",
                        "consumers/jack",
                        "consumers/jack/credentials/c1")))
                .map(path -> new Step(path, null));
    }

    private static Arbitrary<String> route() {
        var uri = Arbitraries.of("'uri':'/p1'", "'uri':'/p2'", "'uris':['/p1','/p2']", "'uri':'/*'");
        var more = Arbitraries.of(
                        "'service_id':'s1'",
                        "'service_id':'s2'",
                        "'plugin_config_id':'p1'",
                        "'plugin_config_id':'p2'",
                        "'upstream_id':'u1'",
                        "'upstream_id':'u2'",
                        "'upstream':{'nodes':{'127.0.0.1:1':1}}",
                        "'status':0",
                        "'priority':5",
                        "'hosts':['a.com']",
                        "'enable_websocket':true",
                        "'name':'n'",
                        "'timeout':{'connect':1,'send':2,'read':3}")
                .list()
                .ofMaxSize(4)
                .uniqueElements(text -> text.substring(0, text.indexOf(':')));
        var good = Combinators.combine(uri, more, pluginMap())
                .as((first, rest, plugins) ->
                        "{" + first + "," + String.join(",", rest) + (rest.isEmpty() ? "" : ",") + plugins + "}");
        return orBroken(good);
    }

    private static Arbitrary<String> service() {
        var upstream = Arbitraries.of(
                "",
                "'upstream_id':'u1',",
                "'upstream':{'nodes':{'127.0.0.1:9':1}},",
                "'hosts':['b.com'],",
                "'enable_websocket':true,'name':'svc',");
        return orBroken(Combinators.combine(upstream, pluginMap()).as((first, plugins) -> "{" + first + plugins + "}"));
    }

    private static Arbitrary<String> upstream() {
        return Arbitraries.of(
                "{'nodes':{'127.0.0.1:1':1}}",
                "{'nodes':{'127.0.0.1:2':1}}",
                "{'nodes':{}}",
                "{'type':'magic','nodes':{'127.0.0.1:1':1,'127.0.0.1:2':1}}",
                "{'nodes':{'127.0.0.1:1':1},'timeout':{'connect':7,'send':8,'read':9}}");
    }

    private static Arbitrary<String> plugins() {
        return orBroken(pluginMap().map(plugins -> "{" + plugins + "}"));
    }

    private static Arbitrary<String> metadata() {
        return Arbitraries.of("{'accent':'x'}", "{'accent':'y'}");
    }

    private static Arbitrary<Step> consumer() {
        var name = Arbitraries.of(CONSUMERS);
        var group = Arbitraries.of("", "'group_id':'cg1',");
        return Combinators.combine(name, group, pluginMap(), Arbitraries.of("", "'token':{'token':'t1'}"))
                .as((who, in, plugins, token) -> new Step(
                        "consumers/" + who,
                        "{'username':'" + who + "'," + in + (token.isEmpty() ? plugins : "'plugins':{" + token + "}")
                                + "}"));
    }

    private static Arbitrary<String> credential() {
        return Arbitraries.of("{'plugins':{'token':{'token':'t1'}}}", "{'plugins':{'token':{'token':'t2'}}}");
    }

    private static Arbitrary<String> pluginMap() {
        var plugin = Arbitraries.of("first", "middle", "twin-a", "twin-b", "meter", "gauge");
        var config = Arbitraries.of(
                "{}",
                "{'say':'x'}",
                "{'say':'y'}",
                "{'_meta':{'disable':true}}",
                "{'_meta':{'priority':1000}}",
                "{'say':'x','team':'red'}",
                "{'say':'y','team':'red'}",
                "{'say':'x','team':'blue'}",
                "{'say':'y','team':'blue'}");
        return Combinators.combine(plugin, config)
                .as((name, text) -> "'" + name + "':" + text)
                .list()
                .ofMaxSize(3)
                .uniqueElements(text -> text.substring(0, text.indexOf(':')))
                .map(entries -> "'plugins':{" + String.join(",", entries) + "}");
    }

    private static Arbitrary<String> orBroken(Arbitrary<String> good) {
        return Arbitraries.frequencyOf(Tuple.of(6, good), Tuple.of(1, Arbitraries.just(BROKEN)));
    }
}
