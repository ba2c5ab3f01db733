package io.suimon.engine.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ordered filters of a route or of the global rules, by phase. Immutable. */
public final class FilterChain {

    /** No filters. */
    public static final FilterChain EMPTY = new FilterChain(List.of());

    /**
     * One filter with what the chain needs to know of it.
     *
     * @param priority that of its plugin or of its {@code _meta}
     */
    public record Link(String plugin, int priority, Set<Phase> phases, Filter filter) {}

    private final List<Link> links;
    private final Filter[] rewrite;
    private final Filter[] access;
    private final Filter[] beforeProxy;
    private final Filter[] response;
    private final Filter[] log;
    private final @Nullable Phase bodyFrom;

    /** A chain of these, in this order. */
    public FilterChain(List<Link> links) {
        this.links = List.copyOf(links);
        this.rewrite = filtersOf(links, Phase.REWRITE);
        this.access = filtersOf(links, Phase.ACCESS);
        this.beforeProxy = filtersOf(links, Phase.BEFORE_PROXY);
        this.response = filtersOf(links, Phase.RESPONSE);
        this.log = filtersOf(links, Phase.LOG);
        this.bodyFrom = links.stream()
                .filter(link -> link.filter().readsBody())
                .flatMap(link -> link.phases().stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Filter[] filtersOf(List<Link> links, Phase phase) {
        return links.stream()
                .filter(link -> link.phases().contains(phase))
                .map(Link::filter)
                .toArray(Filter[]::new);
    }

    /** The filters of a phase, in order; not to be changed. */
    public Filter[] of(Phase phase) {
        return switch (phase) {
            case REWRITE -> rewrite;
            case ACCESS -> access;
            case BEFORE_PROXY -> beforeProxy;
            case RESPONSE -> response;
            case LOG -> log;
        };
    }

    /** Which plugin the filter at this place of a phase is of. It is searched for: nothing for every request. */
    public String plugin(Phase phase, int place) {
        return links.stream()
                .filter(link -> link.phases().contains(phase))
                .skip(place)
                .findFirst()
                .orElseThrow()
                .plugin();
    }

    /** Whether one of them looks at the request's body, which then has to be read first. */
    public boolean readsBody() {
        return bodyFrom != null;
    }

    /** Whether one of them does so in this phase or an earlier one. */
    public boolean readsBodyBy(Phase phase) {
        return bodyFrom != null && bodyFrom.compareTo(phase) <= 0;
    }

    public List<Link> links() {
        return links;
    }

    public boolean isEmpty() {
        return links.isEmpty();
    }
}
