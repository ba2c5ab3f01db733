package io.suimon.engine.routing;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of matching written down once more, as plainly as can be: every pattern of every rule is looked at, the best wins. */
final class LinearScan {

    /** A rule at one of its patterns, with what decides between several: the greater wins. */
    record Hit(RouteRule<String> rule, String uri, long host, long path, Map<String, String> captured) {}

    private static final Comparator<Hit> BEST = Comparator.comparingLong(Hit::host)
            .thenComparingLong(Hit::path)
            .thenComparingInt(hit -> hit.rule.priority())
            .thenComparingInt(hit -> hit.uri.length())
            .thenComparingLong(hit -> -hit.rule.order())
            .thenComparingInt(hit -> -hit.rule.uris().indexOf(hit.uri));

    private final RouterMode mode;
    private final Map<String, Pattern> patterns = new HashMap<>();

    LinearScan(RouterMode mode) {
        this.mode = mode;
    }

    @Nullable
    Hit match(List<RouteRule<String>> rules, Exchange exchange) {
        var hits = new ArrayList<Hit>();
        for (var rule : rules) {
            if (othersHold(rule, exchange)) {
                rule.uris().forEach(uri -> addHits(rule, uri, exchange, hits));
            }
        }
        return hits.stream().max(BEST).orElse(null);
    }

    private void addHits(RouteRule<String> rule, String uri, Exchange exchange, List<Hit> hits) {
        var path = exchange.request().path().text();
        int special = special(uri);
        boolean fits = special < 0 ? path.equals(uri) : path.startsWith(uri.substring(0, special));
        var matcher = patterns.computeIfAbsent(uri, this::regex).matcher(path);
        if (!fits || !matcher.matches()) {
            return;
        }
        var captured = new HashMap<String, String>();
        var names = names(uri);
        for (int i = 0; i < names.size(); i++) {
            captured.put(names.get(i), matcher.group(i + 1));
        }
        long pathRank = special < 0 ? Long.MAX_VALUE : special;
        if (rule.hosts().isEmpty()) {
            hits.add(new Hit(rule, uri, 0, pathRank, captured));
        }
        for (var host : rule.hosts()) {
            if (hostFits(host, exchange)) {
                hits.add(new Hit(rule, uri, hostRank(host), pathRank, captured));
            }
        }
    }

    private int special(String uri) {
        int colon = mode == RouterMode.RADIXTREE_URI_WITH_PARAMETER ? uri.indexOf(':') : -1;
        return colon >= 0 ? colon : uri.indexOf('*');
    }

    private Pattern regex(String uri) {
        var regex = new StringBuilder();
        if (special(uri) < 0) {
            return Pattern.compile(Pattern.quote(uri), Pattern.DOTALL);
        }
        var separator = "";
        for (var segment : uri.split("/", -1)) {
            regex.append(separator);
            separator = "/";
            int special = special(segment);
            if (segment.startsWith("*")) {
                regex.append("(.*)");
            } else if (special == 0) {
                regex.append("([^/]+)");
            } else if (special > 0) {
                int first =
                        segment.split("[*" + (mode == RouterMode.RADIXTREE_URI_WITH_PARAMETER ? ":" : "") + "]", 2)[0]
                                .length();
                return Pattern.compile(regex + Pattern.quote(segment.substring(0, first)) + ".*", Pattern.DOTALL);
            } else {
                regex.append(Pattern.quote(segment));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private List<String> names(String uri) {
        var names = new ArrayList<String>();
        for (var segment : special(uri) < 0 ? new String[0] : uri.split("/", -1)) {
            if (segment.startsWith("*")) {
                names.add(segment.length() == 1 ? ":ext" : segment.substring(1));
            } else if (special(segment) == 0) {
                names.add(segment.substring(1));
            } else if (special(segment) > 0) {
                break;
            }
        }
        return names;
    }

    private boolean hostFits(String pattern, Exchange exchange) {
        var host = exchange.request().host();
        if (pattern.contains(":") && mode == RouterMode.RADIXTREE_HOST_URI) {
            return false;
        }
        if (pattern.contains(":")) {
            var field = exchange.request().headers().first(HeaderName.HOST);
            host = field == null ? "" : field;
        }
        return pattern.startsWith("*") ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
    }

    private long hostRank(String pattern) {
        if (mode != RouterMode.RADIXTREE_HOST_URI) {
            return 0;
        }
        return pattern.startsWith("*") ? pattern.length() : Long.MAX_VALUE;
    }

    private boolean othersHold(RouteRule<String> rule, Exchange exchange) {
        var method = exchange.request().method();
        boolean methodFits = rule.methods() == Methods.ANY || (rule.methods() & Methods.bit(method)) != 0;
        boolean clientFits = rule.remoteAddresses().isEmpty()
                || rule.remoteAddresses().stream().anyMatch(block -> block.contains(exchange.clientAddress()));
        boolean varsFit =
                rule.vars() == null || Objects.requireNonNull(rule.vars()).test(exchange);
        return methodFits && clientFits && varsFit;
    }
}
