package io.suimon.engine.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.engine.expression.Expression;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.net.CidrBlock;
import io.suimon.engine.routing.Explanation.Condition;
import io.suimon.engine.routing.Explanation.Rejected;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RouteTableTest {

    @ParameterizedTest(name = "{0} in mode {3}: {1} matches: {2}")
    @CsvSource({
        "/blog/bar,   /blog/bar,      true,  RADIXTREE_HOST_URI",
        "/blog/bar,   /Blog/bar,      false, RADIXTREE_HOST_URI",
        "/blog/bar,   /blog/bar/,     false, RADIXTREE_HOST_URI",
        "/blog/bar*,  /blog/bar,      true,  RADIXTREE_HOST_URI",
        "/blog/bar*,  /blog/barx,     true,  RADIXTREE_HOST_URI",
        "/blog/bar*,  /blog/bar/a/b,  true,  RADIXTREE_HOST_URI",
        "/blog/bar*,  /blog/ba,       false, RADIXTREE_HOST_URI",
        "/a/*,        /a/,            true,  RADIXTREE_HOST_URI",
        "/a/*,        /a/b/c,         true,  RADIXTREE_HOST_URI",
        "/a/*,        /a,             false, RADIXTREE_HOST_URI",
        "/a/*name,    /a/b/c,         true,  RADIXTREE_HOST_URI",
        "/s/*/e,      /s/x/e,         true,  RADIXTREE_HOST_URI",
        "/s/*/e,      /s/x/y/e,       true,  RADIXTREE_HOST_URI",
        "/s/*/e,      /s/e,           false, RADIXTREE_HOST_URI",
        "/s/*/e,      /s/x,           false, RADIXTREE_HOST_URI",
        "/s/*/e,      /s/x/e/f,       false, RADIXTREE_HOST_URI",
        "/*,          /,              true,  RADIXTREE_HOST_URI",
        "*,           /any/thing,     true,  RADIXTREE_HOST_URI",
        "/a*b,        /a,             true,  RADIXTREE_HOST_URI",
        "/a*b,        /axyz,          true,  RADIXTREE_HOST_URI",
        "/u/:id/x,    /u/5/x,         false, RADIXTREE_HOST_URI",
        "/u/:id/x,    /u/:id/x,       true,  RADIXTREE_HOST_URI",
        "/u/:id/x,    /u/:id/x,       true,  RADIXTREE_URI",
        "/u/:id/x,    /u/5/x,         false, RADIXTREE_URI",
        "/u/:id/x,    /u/5/x,         true,  RADIXTREE_URI_WITH_PARAMETER",
        "/u/:id/x,    /u/5/6/x,       false, RADIXTREE_URI_WITH_PARAMETER",
        "/u/:id/x,    /u/x,           false, RADIXTREE_URI_WITH_PARAMETER",
        "/u/:id,      /u/,            false, RADIXTREE_URI_WITH_PARAMETER",
        "/u/:id/*,    /u/5/,          true,  RADIXTREE_URI_WITH_PARAMETER",
        "/u/:id/f*,   /u/5/files/x,   true,  RADIXTREE_URI_WITH_PARAMETER",
        "/u/:id/f*,   /u/5/x/files,   false, RADIXTREE_URI_WITH_PARAMETER",
    })
    void pathPatterns(String uri, String path, boolean matches, RouterMode mode) {
        var table = RouteTable.of(mode, List.of(rule("r", uri)));

        assertThat(found(table, path, "a.com") != null).isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            /a/*         | /a/b/c    | :ext=b/c
            /a/*name     | /a/b/c    | name=b/c
            /a/*name     | /a/       | name=
            /s/*m/e      | /s/x/y/e  | m=x/y
            /x/*a/y/*b   | /x/1/y/2/y/3 | a=1/y/2, b=3
            /u/:id/:n    | /u/5/é    | id=5, n=é
            /u/:id/*rest | /u/5/6/7  | id=5, rest=6/7
            /u/:id/f*    | /u/5/fx   | id=5
            """)
    void captures(String uri, String path, String captured) {
        var table = RouteTable.of(RouterMode.RADIXTREE_URI_WITH_PARAMETER, List.of(rule("r", uri)));
        var exchange = DescribedRequest.get(path).exchange();

        var match = Objects.requireNonNull(table.match(exchange));

        var parts = new ArrayList<String>();
        match.capture()
                .in(exchange.request().path())
                .forEach((name, value) -> parts.add(name + "=" + WireText.toUnicode(value)));
        assertThat(parts).containsExactlyInAnyOrder(captured.split(", "));
    }

    @ParameterizedTest(name = "host {0}, {1} in mode {2}: {3}")
    @CsvSource({
        "foo.com,     foo.com,       true,  RADIXTREE_HOST_URI",
        "foo.com,     FOO.com.:9080, true,  RADIXTREE_HOST_URI",
        "FOO.com,     foo.com,       true,  RADIXTREE_HOST_URI",
        "foo.com,     a.foo.com,     false, RADIXTREE_HOST_URI",
        "*.foo.com,   a.b.foo.com,   true,  RADIXTREE_HOST_URI",
        "*.foo.com,   foo.com,       false, RADIXTREE_HOST_URI",
        "*foo.com,    foo.com,       true,  RADIXTREE_HOST_URI",
        "*foo.com,    barfoo.com,    true,  RADIXTREE_HOST_URI",
        "*,           any.org,       true,  RADIXTREE_HOST_URI",
        "p.com:9080,  p.com:9080,    false, RADIXTREE_HOST_URI",
        "p.com:9080,  p.com:9080,    true,  RADIXTREE_URI",
        "p.com:9080,  P.com:9080,    true,  RADIXTREE_URI",
        "p.com:9080,  p.com:9081,    false, RADIXTREE_URI",
        "p.com,       p.com:9081,    true,  RADIXTREE_URI",
        "*.foo.com,   a.b.foo.com,   true,  RADIXTREE_URI",
        "*.foo.com,   foo.com,       false, RADIXTREE_URI",
        "*foo.com,    foo.com,       true,  RADIXTREE_URI_WITH_PARAMETER",
        "foo.com,     bar.com,       false, RADIXTREE_URI_WITH_PARAMETER",
        "[::1],       [::1]:80,      true,  RADIXTREE_HOST_URI",
    })
    void hostPatterns(String pattern, String host, boolean matches, RouterMode mode) {
        var table = RouteTable.of(mode, List.of(rule("r", "/*", pattern)));

        assertThat(found(table, "/x", host) != null).isEqualTo(matches);
    }

    @Test
    void hostSpecificityBeatsPathSpecificity() {
        var table = RouteTable.of(
                RouterMode.RADIXTREE_HOST_URI,
                List.of(
                        rule("exactHost", "/*", "a.foo.com"),
                        rule("longSuffix", "/x*", "*.foo.com"),
                        rule("shortSuffix", "/x/y", "*.com"),
                        rule("anyHost", "/*", "*"),
                        rule("noHost", "/x/y")));

        assertThat(found(table, "/x/y", "a.foo.com")).isEqualTo("exactHost");
        assertThat(found(table, "/x/y", "b.foo.com")).isEqualTo("longSuffix");
        assertThat(found(table, "/x/y", "foo.com")).isEqualTo("shortSuffix");
        assertThat(found(table, "/x/y", "foo.org")).isEqualTo("anyHost");
        assertThat(found(table.without("anyHost"), "/x/y", "foo.org")).isEqualTo("noHost");
        assertThat(found(table, "/z", "b.foo.com")).isEqualTo("anyHost");
    }

    @Test
    void byPathTheHostIsJustACondition() {
        var table = RouteTable.of(
                RouterMode.RADIXTREE_URI, List.of(rule("exactHost", "/*", "a.foo.com"), rule("noHost", "/x/y")));

        assertThat(found(table, "/x/y", "a.foo.com")).isEqualTo("noHost");
        assertThat(found(table, "/x", "a.foo.com")).isEqualTo("exactHost");
        assertThat(found(table, "/x", "b.foo.com")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void specificPathsWinWhateverThePriority(RouterMode mode) {
        var table = RouteTable.of(
                mode,
                List.of(
                        prioritised("exact", "/a/b", 0, 9),
                        prioritised("long", "/a/*", 5, 8),
                        prioritised("short", "/*", 50, 7)));

        assertThat(found(table, "/a/b", "a.com")).isEqualTo("exact");
        assertThat(found(table, "/a/c", "a.com")).isEqualTo("long");
        assertThat(found(table, "/c", "a.com")).isEqualTo("short");
    }

    @ParameterizedTest
    @EnumSource
    void onOnePathPriorityThenLengthThenAgeDecide(RouterMode mode) {
        var old = prioritised("old", "/a/*", 0, 1);
        var young = prioritised("young", "/a/*", 0, 2);
        var longer = prioritised("longer", "/a/*rest", 0, 3);
        var urgent = prioritised("urgent", "/a/*", 1, 4);

        assertThat(found(RouteTable.of(mode, List.of(young, old)), "/a/b", "a.com"))
                .isEqualTo("old");
        assertThat(found(RouteTable.of(mode, List.of(young, old, longer)), "/a/b", "a.com"))
                .isEqualTo("longer");
        assertThat(found(RouteTable.of(mode, List.of(young, longer, urgent)), "/a/b", "a.com"))
                .isEqualTo("urgent");
    }

    @Test
    void ofSeveralParameterPatternsTheLongerIsTriedFirst() {
        var table = RouteTable.of(
                RouterMode.RADIXTREE_URI_WITH_PARAMETER,
                List.of(rule("short", "/u/:id"), rule("long", "/u/:id/x"), rule("exact", "/u/5")));

        assertThat(found(table, "/u/5", "a.com")).isEqualTo("exact");
        assertThat(found(table, "/u/6", "a.com")).isEqualTo("short");
        assertThat(found(table, "/u/5/x", "a.com")).isEqualTo("long");
        assertThat(found(table, "/u/5/y", "a.com")).isNull();
    }

    @Test
    void aConditionThatFailsLetsTheNextRuleTry() throws Exception {
        var vars = Expression.compile(new ObjectMapper().readTree("[[\"arg_v\",\"1\"]]"));
        var table = RouteTable.of(
                RouterMode.RADIXTREE_HOST_URI,
                List.of(
                        new RouteRule<>(
                                "post",
                                "post",
                                List.of("/x"),
                                List.of(),
                                Methods.mask(List.of("POST")),
                                List.of(),
                                null,
                                3,
                                1),
                        new RouteRule<>(
                                "office",
                                "office",
                                List.of("/x"),
                                List.of(),
                                Methods.ANY,
                                List.of(CidrBlock.parse("10.0.0.0/8")),
                                null,
                                2,
                                2),
                        new RouteRule<>("flag", "flag", List.of("/x"), List.of(), Methods.ANY, List.of(), vars, 1, 3),
                        rule("other", "/x", "other.com"),
                        rule("rest", "/*")));

        var explanation = table.explain(DescribedRequest.get("/x").host("a.com").exchange());

        assertThat(found(table, "/x", "a.com")).isEqualTo("rest");
        assertThat(found(table, "/x?v=1", "a.com")).isEqualTo("flag");
        assertThat(payload(table.match(DescribedRequest.of("POST", "/x").exchange())))
                .isEqualTo("post");
        assertThat(payload(
                        table.match(DescribedRequest.get("/x").from("10.1.1.1").exchange())))
                .isEqualTo("office");
        assertThat(payload(explanation.chosen())).isEqualTo("rest");
        assertThat(explanation.rejected())
                .extracting(rejected -> rejected.candidate().payload(), Rejected::condition)
                .containsExactly(
                        tuple("post", Condition.METHOD),
                        tuple("office", Condition.REMOTE_ADDRESS),
                        tuple("flag", Condition.VARS),
                        tuple("other", Condition.HOST));
    }

    @Test
    void unknownMethodsReachRulesWithoutMethodsOnly() {
        var table = RouteTable.of(
                RouterMode.RADIXTREE_HOST_URI,
                List.of(
                        new RouteRule<>(
                                "all",
                                "all",
                                List.of("/x"),
                                List.of(),
                                Methods.mask(List.of("GET", "POST", "PURGE")),
                                List.of(),
                                null,
                                1,
                                1),
                        new RouteRule<>(
                                "none",
                                "none",
                                List.of("/x"),
                                List.of(),
                                Methods.mask(List.of("FOO")),
                                List.of(),
                                null,
                                1,
                                1),
                        rule("any", "/*")));

        assertThat(payload(table.match(DescribedRequest.of("FOO", "/x").exchange())))
                .isEqualTo("any");
        assertThat(payload(table.match(DescribedRequest.of("PURGE", "/x").exchange())))
                .isEqualTo("all");
    }

    @Test
    void saysWhichPatternsMatched() {
        var rule = new RouteRule<>(
                "r",
                "r",
                List.of("/a", "/b/*"),
                List.of("x.com", "*.y.com", "z.com:81"),
                Methods.ANY,
                List.of(),
                null,
                0,
                0);

        for (var mode : RouterMode.values()) {
            var table = RouteTable.of(mode, List.of(rule));
            var match = Objects.requireNonNull(
                    table.match(DescribedRequest.get("/b/c").host("q.y.com").exchange()), mode.name());

            assertThat(match.uriPattern()).isEqualTo("/b/*");
            assertThat(match.hostPattern()).isEqualTo("*.y.com");
        }
    }

    @Test
    void aChangeLeavesTheOldTableAsItWas() {
        var before = RouteTable.of(RouterMode.RADIXTREE_HOST_URI, List.of(rule("r", "/a"), rule("s", "/b")));

        var after = before.with(rule("r", "/c")).without("s");

        assertThat(found(before, "/a", "x")).isEqualTo("r");
        assertThat(found(before, "/b", "x")).isEqualTo("s");
        assertThat(found(after, "/a", "x")).isNull();
        assertThat(found(after, "/b", "x")).isNull();
        assertThat(found(after, "/c", "x")).isEqualTo("r");
        assertThat(after.size()).isEqualTo(1);
        assertThat(after.without("none")).isSameAs(after);
    }

    @Test
    void knowsWhetherARuleReadsTheBody() throws Exception {
        var vars = Expression.compile(new ObjectMapper().readTree("[[\"post_arg.a\",\"1\"]]"));
        var reading = new RouteRule<>("r", "r", List.of("/x"), List.of(), Methods.ANY, List.of(), vars, 0, 0);
        var table = RouteTable.of(RouterMode.RADIXTREE_HOST_URI, List.of(reading));

        assertThat(table.readsBody()).isTrue();
        assertThat(table.with(rule("r", "/x")).readsBody()).isFalse();
        assertThat(table.without("r").readsBody()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void manyRulesOnOnePathStayInOrder(RouterMode mode) {
        var rules = new ArrayList<RouteRule<String>>();
        IntStream.range(0, 3000).forEach(i -> rules.add(prioritised("r" + i, "/x", i * 7919 % 3000, 0)));
        var table = RouteTable.of(mode, rules);

        assertThat(table.explain(DescribedRequest.get("/x").exchange()).outranked())
                .hasSize(Explanation.MAX_LISTED)
                .isSortedAccordingTo((a, b) -> b.rule().priority() - a.rule().priority());
        for (var rule : rules) {
            table = table.without(rule.key());
        }
        assertThat(table.match(DescribedRequest.get("/x").exchange())).isNull();
    }

    private static RouteRule<String> rule(String name, String uri, String... hosts) {
        return new RouteRule<>(name, name, List.of(uri), Arrays.asList(hosts), Methods.ANY, List.of(), null, 0, 0);
    }

    private static RouteRule<String> prioritised(String name, String uri, int priority, long order) {
        return new RouteRule<>(name, name, List.of(uri), List.of(), Methods.ANY, List.of(), null, priority, order);
    }

    private static @Nullable String found(RouteTable<String> table, String target, String host) {
        return payload(table.match(DescribedRequest.get(target).host(host).exchange()));
    }

    private static @Nullable String payload(@Nullable RouteMatch<String> match) {
        return match == null ? null : match.payload();
    }
}
