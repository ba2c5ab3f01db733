package io.suimon.engine.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.engine.expression.Expression;
import io.suimon.engine.expression.InvalidExpressionException;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.net.CidrBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** The table against {@link LinearScan}, on route sets and requests made from few letters, so that much of it collides. */
class RouteTablePropertyTest {

    private static final int REQUESTS = 40;
    private static final List<String> PATTERN_SEGMENTS =
            List.of("a", "b", "ab", "a", "b", "*", "*rest", ":x", ":y", "a*", "b*c", "a:x", "");
    private static final List<String> PATH_SEGMENTS = List.of("a", "b", "ab", "abc", "c", ":x", "*");
    private static final List<String> HOST_PATTERNS =
            List.of("a.com", "b.a.com", "*.a.com", "*a.com", "*", "*.com", "*.b.a.com", "a.com:81", "*.com:81");
    private static final List<String> HOSTS = List.of("a.com", "b.a.com", "c.b.a.com", "xa.com", "o.org");
    private static final Expression VARS = expression("[[\"arg_v\",\"1\"]]");

    @Property(tries = 2500, shrinking = ShrinkingMode.OFF)
    void findsWhatALinearScanFindsByHostAndUri(@ForAll long seed) {
        agreesWithALinearScan(RouterMode.RADIXTREE_HOST_URI, new Random(seed));
    }

    @Property(tries = 2500, shrinking = ShrinkingMode.OFF)
    void findsWhatALinearScanFindsByUri(@ForAll long seed) {
        agreesWithALinearScan(RouterMode.RADIXTREE_URI, new Random(seed));
    }

    @Property(tries = 2500, shrinking = ShrinkingMode.OFF)
    void findsWhatALinearScanFindsWithParameters(@ForAll long seed) {
        agreesWithALinearScan(RouterMode.RADIXTREE_URI_WITH_PARAMETER, new Random(seed));
    }

    private static void agreesWithALinearScan(RouterMode mode, Random random) {
        var rules = new HashMap<String, RouteRule<String>>();
        RouteTable<String> changed = RouteTable.empty(mode);
        for (int i = 0; i < 4 + random.nextInt(30); i++) {
            var rule = rule(random, i);
            changed = changed.with(rule);
            rules.put(rule.key(), rule);
            if (random.nextInt(4) == 0) {
                var victim = "r" + random.nextInt(20);
                changed = changed.without(victim);
                rules.remove(victim);
            }
        }
        var list = new ArrayList<>(rules.values());
        Collections.shuffle(list, random);
        var fresh = RouteTable.of(mode, list);
        var model = new LinearScan(mode);

        for (int i = 0; i < REQUESTS; i++) {
            var exchange = request(random);
            var expected = model.match(list, exchange);
            assertThat(facts(changed.match(exchange), exchange)).isEqualTo(facts(expected));
            assertThat(facts(fresh.match(exchange), exchange)).isEqualTo(facts(expected));
            assertThat(facts(fresh.explain(exchange).chosen(), exchange)).isEqualTo(facts(expected));
        }
        assertThat(changed.size()).isEqualTo(list.size());
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void explainsEveryRuleThatTheTableTries(@ForAll long seed) {
        var random = new Random(seed);
        var rules = new ArrayList<RouteRule<String>>();
        for (int i = 0; i < 20; i++) {
            rules.add(rule(random, i));
        }
        var table = RouteTable.of(RouterMode.RADIXTREE_URI, rules);
        var model = new LinearScan(RouterMode.RADIXTREE_URI);

        for (int i = 0; i < REQUESTS; i++) {
            var exchange = request(random);
            var explanation = table.explain(exchange);
            for (var rejected : explanation.rejected()) {
                var alone = single(rejected.candidate());
                assertThat(model.match(List.of(alone), exchange)).isNull();
            }
            for (var outranked : explanation.outranked()) {
                assertThat(model.match(List.of(single(outranked)), exchange)).isNotNull();
            }
        }
    }

    /** The rule with nothing but the pattern it was tried at. */
    private static RouteRule<String> single(RouteMatch<String> match) {
        var rule = match.rule();
        var hosts = match.hostPattern() == null ? rule.hosts() : List.of(match.hostPattern());
        var conditions = match.hostPattern() == null && !rule.hosts().isEmpty()
                ? rule.hosts().stream()
                        .filter(host -> host.contains("*") || host.contains(":"))
                        .toList()
                : hosts;
        return new RouteRule<>(
                rule.key(),
                rule.payload(),
                List.of(match.uriPattern()),
                conditions,
                rule.methods(),
                rule.remoteAddresses(),
                rule.vars(),
                rule.priority(),
                rule.order());
    }

    private static @Nullable Map<String, Object> facts(@Nullable RouteMatch<String> match, Exchange exchange) {
        return match == null
                ? null
                : Map.of(
                        "rule", match.payload(),
                        "uri", match.uriPattern(),
                        "captured", match.capture().in(exchange.request().path()));
    }

    private static @Nullable Map<String, Object> facts(LinearScan.@Nullable Hit hit) {
        return hit == null ? null : Map.of("rule", hit.rule().payload(), "uri", hit.uri(), "captured", hit.captured());
    }

    private static RouteRule<String> rule(Random random, int order) {
        var key = "r" + order % 20;
        return new RouteRule<>(
                key,
                key + "#" + order,
                some(1 + random.nextInt(2), () -> pattern(random)),
                some(random.nextInt(3), () -> one(random, HOST_PATTERNS)),
                random.nextInt(3) == 0 ? Methods.mask(List.of(random.nextBoolean() ? "GET" : "POST")) : Methods.ANY,
                random.nextInt(6) == 0 ? List.of(CidrBlock.parse("10.0.0.0/8")) : List.of(),
                random.nextInt(6) == 0 ? VARS : null,
                one(random, List.of(0, 0, 0, 1, 5)),
                order);
    }

    private static String pattern(Random random) {
        if (random.nextInt(20) == 0) {
            return "*";
        }
        return "/" + String.join("/", some(1 + random.nextInt(4), () -> one(random, PATTERN_SEGMENTS)));
    }

    private static Exchange request(Random random) {
        var segments = some(random.nextInt(5), () -> one(random, PATH_SEGMENTS));
        var path = "/" + String.join("/", segments) + (segments.isEmpty() || random.nextInt(4) > 0 ? "" : "/");
        var described = DescribedRequest.of(
                        one(random, List.of("GET", "POST", "FOO")), path + (random.nextBoolean() ? "?v=1" : ""))
                .from(random.nextBoolean() ? "10.0.0.1" : "11.0.0.1");
        int host = random.nextInt(HOSTS.size() + 1);
        return host == HOSTS.size()
                ? described.exchange()
                : described
                        .host(HOSTS.get(host) + (random.nextBoolean() ? ":81" : ""))
                        .exchange();
    }

    private static <E> List<E> some(int count, Supplier<E> supplier) {
        var list = new ArrayList<E>();
        for (int i = 0; i < count; i++) {
            list.add(supplier.get());
        }
        return list;
    }

    private static <E> E one(Random random, List<E> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Expression expression(String json) {
        try {
            return Expression.compile(new ObjectMapper().readTree(json));
        } catch (InvalidExpressionException | JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
