package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.controlplane.json.JsonMembers;
import io.suimon.controlplane.json.TextTrace;
import io.suimon.engine.resource.ResourceKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a folder a list shows.
 *
 * @param filters each must hold; none when everything is kept
 * @param page null means no paging
 */
record ListQuery(List<Filter> filters, @Nullable Page page) {

    static final int MIN_PAGE_SIZE = 10;
    static final int MAX_PAGE_SIZE = 500;
    static final String PAGE_SIZE_TEXT = "page_size must be between " + MIN_PAGE_SIZE + " and " + MAX_PAGE_SIZE;

    private static final String NAME = "name";
    private static final String NO_NAME = "nil";
    private static final String LABELS = "labels";
    private static final String URI = "uri";
    private static final String URIS = "uris";
    private static final Pattern OF_NUMBERS = Pattern.compile("[0-9.E+-]*");
    private static final Set<String> REFERENCE_FIELDS = Set.of("service_id", "upstream_id");
    private static final Set<ResourceKind> WITH_REFERENCES = Set.of(ResourceKind.ROUTE, ResourceKind.STREAM_ROUTE);

    /**
     * What an entry has to be to be shown.
     *
     * @param trace is in all bytes that stand for a value that holds
     * @param members what the test looks at: members, and which members of those, or all
     * @param test of the value; of any number of them at once
     * @param givenUp whether a test came to no end
     */
    record Filter(
            TextTrace trace, Map<String, Set<String>> members, Predicate<JsonNode> test, BooleanSupplier givenUp) {

        Filter(TextTrace trace, Map<String, Set<String>> members, Predicate<JsonNode> test) {
            this(trace, members, test, () -> false);
        }
    }

    /** A part of a list; fractions are allowed, as APISIX allows them. */
    record Page(BigDecimal number, BigDecimal size) {

        /** The entries of this page. */
        <T> List<T> of(List<T> entries) {
            var from = number.subtract(BigDecimal.ONE).multiply(size);
            var to = from.add(size);
            var end = BigDecimal.valueOf(entries.size());
            int first =
                    from.min(end).setScale(0, java.math.RoundingMode.CEILING).intValue();
            int last = to.min(end).setScale(0, java.math.RoundingMode.CEILING).intValue();
            return entries.subList(first, last);
        }
    }

    ListQuery {
        filters = List.copyOf(filters);
    }

    /** Reads a query; empty when the page size is out of bounds. */
    static Optional<ListQuery> parse(QueryString query, ResourceKind kind) {
        var number = number(query.first("page"));
        var size = number(query.first("page_size"));
        Page page = null;
        if (number != null && size != null) {
            if (size.compareTo(BigDecimal.valueOf(MIN_PAGE_SIZE)) < 0
                    || size.compareTo(BigDecimal.valueOf(MAX_PAGE_SIZE)) > 0) {
                return Optional.empty();
            }
            page = new Page(number.max(BigDecimal.ONE), size);
        }
        return Optional.of(new ListQuery(filters(query, kind), page));
    }

    /** Reads of stored values what the filters look at. */
    JsonMembers members() {
        var members = new HashMap<String, Set<String>>();
        filters.forEach(filter -> members.putAll(filter.members()));
        return JsonMembers.of(members);
    }

    /** Whether a filter could not be decided for a value: then nothing is kept, as with one that is invalid. */
    boolean givenUp() {
        return filters.stream().anyMatch(filter -> filter.givenUp().getAsBoolean());
    }

    boolean keeps(JsonNode value) {
        return filters.stream().allMatch(filter -> filter.test().test(value));
    }

    /** Whether the value that these bytes are may be kept; false says that it is not. */
    boolean mayKeep(byte[] json) {
        for (var filter : filters) {
            if (!filter.trace().mayBeIn(json)) {
                return false;
            }
        }
        return true;
    }

    private static List<Filter> filters(QueryString query, ResourceKind kind) {
        var filters = new ArrayList<Filter>();
        query.first("name").filter(text -> !text.isEmpty()).ifPresent(text -> filters.add(byName(text)));
        query.first("label")
                .ifPresent(label -> filters.add(new Filter(
                        TextTrace.of(label),
                        Map.of(LABELS, Set.of(label)),
                        value -> !label.isEmpty() && value.path(LABELS).has(label))));
        query.first("uri").filter(text -> !text.isEmpty()).ifPresent(text -> filters.add(byUri(text)));
        if (WITH_REFERENCES.contains(kind)) {
            query.first("filter")
                    .ifPresent(text -> QueryString.parse(text).last().forEach((field, wanted) -> {
                        if (REFERENCE_FIELDS.contains(field)) {
                            filters.add(byReference(field, wanted));
                        }
                    }));
        }
        return filters;
    }

    private static Filter byReference(String field, String wanted) {
        return new Filter(
                TextTrace.of(wanted),
                Map.of(field, Set.of()),
                value -> value.path(field).isTextual()
                        && !wanted.isEmpty()
                        && value.path(field).asText().equals(wanted));
    }

    /** An object without name is tested as {@code nil}, and a number as a text that need not be the one it is written as. */
    private static Filter byName(String expression) {
        var pattern = SearchPattern.of(expression);
        boolean anywhere = SearchPattern.of(expression).occursIn(NO_NAME)
                || OF_NUMBERS.matcher(RequiredText.of(expression)).matches();
        return new Filter(
                TextTrace.of(anywhere ? "" : RequiredText.of(expression)),
                Map.of(NAME, Set.of()),
                value -> pattern.occursIn(value.path(NAME).asText(NO_NAME)),
                pattern::givenUp);
    }

    private static Filter byUri(String expression) {
        var pattern = SearchPattern.of(expression);
        return new Filter(
                TextTrace.of(RequiredText.of(expression)),
                Map.of(URI, Set.of(), URIS, Set.of()),
                value -> isAnyOf(pattern, value),
                pattern::givenUp);
    }

    private static boolean isAnyOf(SearchPattern pattern, JsonNode value) {
        if (value.path(URI).isTextual() && pattern.occursIn(value.path(URI).asText())) {
            return true;
        }
        for (var uri : value.path(URIS)) {
            if (uri.isTextual() && pattern.occursIn(uri.asText())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable BigDecimal number(Optional<String> text) {
        return text.flatMap(DecimalText::parse).orElse(null);
    }
}
