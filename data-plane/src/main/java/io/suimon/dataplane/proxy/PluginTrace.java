package io.suimon.dataplane.proxy;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.plugin.Phase;
import java.util.StringJoiner;

/** Tells which plugins an exchange met, in their order: {@code Apisix-Plugins: key-auth#rewrite, cors#header_filter}. */
final class PluginTrace {

    private static final HeaderName NAME = HeaderName.of("Apisix-Plugins");

    private StringJoiner met = forgotten();

    private static StringJoiner forgotten() {
        return new StringJoiner(", ").setEmptyValue("no plugin");
    }

    /** Forgets the exchange before. */
    void reset() {
        met = forgotten();
    }

    /** The exchange meets the filter at this place of a chain's phase. */
    void meets(FilterChain chain, Phase phase, int place) {
        met.add(chain.plugin(phase, place) + "#" + name(phase));
    }

    private static String name(Phase phase) {
        return switch (phase) {
            case REWRITE -> "rewrite";
            case ACCESS -> "access";
            case BEFORE_PROXY -> "before_proxy";
            case RESPONSE -> "header_filter";
            case LOG -> "log";
        };
    }

    /** Adds the field to the response. */
    void show(Exchange exchange) {
        exchange.response().headers().set(NAME, met.toString());
    }
}
