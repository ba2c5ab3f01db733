package io.suimon.dataplane.discovery;

import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.engine.resource.Endpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What an endpoint must be to be used, whoever says that it is one. Immutable. */
final class EndpointRules {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_NAME = 253;
    private static final String LABEL = "[A-Za-z0-9_][A-Za-z0-9_-]{0,62}";
    private static final Pattern NAME = Pattern.compile("(?:" + LABEL + "\\.)*" + LABEL + "\\.?");

    /** More would be no finer share, and sums of many of them still fit. */
    private static final int MAX_WEIGHT = 1_000_000;

    private final int most;

    /** @param most endpoints of one service */
    EndpointRules(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** Those that can be used, each place once, in their order; IPv6 in square brackets. */
    List<Endpoint> usable(List<Endpoint> said) {
        var places = new HashSet<Map.Entry<String, Integer>>();
        var usable = new ArrayList<Endpoint>(Math.min(said.size(), most));
        for (var endpoint : said) {
            if (usable.size() == most) {
                break;
            }
            var host = host(endpoint.host());
            if (!host.isEmpty()
                    && endpoint.port() >= 0
                    && endpoint.port() <= MAX_PORT
                    && endpoint.weight() >= 0
                    && places.add(Map.entry(host, endpoint.port()))) {
                int weight = Math.min(endpoint.weight(), MAX_WEIGHT);
                usable.add(new Endpoint(host, endpoint.port(), weight, endpoint.priority()));
            }
        }
        return List.copyOf(usable);
    }

    /** A host as upstreams have it; empty when it is none. */
    private static String host(String text) {
        if (text.isEmpty() || text.length() > MAX_NAME || text.indexOf('%') >= 0) {
            return "";
        }
        if (NameResolver.literal(text) != null) {
            return text.indexOf(':') >= 0 && text.charAt(0) != '[' ? '[' + text + ']' : text;
        }
        return NAME.matcher(text).matches() ? text : "";
    }
}
