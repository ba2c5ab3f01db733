package io.suimon.engine.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path into a body: {@code a.b}, {@code a[0].b}, {@code a[*].b}, {@code a..b}, {@code a["b c"]}, {@code a[1:3]}. Immutable.
 *
 * <p>A path of plain names finds one value; one with brackets, stars or {@code ..} the list of all values it leads to.
 */
final class BodyPath {

    /** A look-up that visits more values than this gives up, and finds nothing. */
    static final int MAX_VISITS = 100_000;

    /** What became of a text. */
    sealed interface Parsed {
        record Valid(BodyPath path) implements Parsed {}

        /** {@code near} is what is left from where it makes no sense. */
        record Malformed(String near) implements Parsed {}
    }

    /** One step down the tree. */
    sealed interface Step {

        record Name(String name) implements Step {}

        /** Negative ones count from the end. */
        record Index(int index) implements Step {}

        record Slice(int from, int to) implements Step {}

        record Any() implements Step {}

        /** This value and everything below it. */
        record Descend() implements Step {}
    }

    private final List<Step> steps;
    private final boolean single;

    BodyPath(List<Step> steps, boolean single) {
        this.steps = List.copyOf(steps);
        this.single = single;
    }

    static Parsed parse(String text) {
        return new BodyPathParser(text).parse();
    }

    /** What the path leads to from this value, or null for nothing. */
    @Nullable
    Object find(Object root) {
        return single ? walk(root) : collect(root);
    }

    private @Nullable Object walk(Object root) {
        Object at = root;
        for (var step : steps) {
            at = at instanceof Map<?, ?> map && step instanceof Step.Name(var name) ? map.get(name) : null;
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    private @Nullable List<Object> collect(Object root) {
        List<Object> found = List.of(root);
        int visits = 0;
        for (var step : steps) {
            var next = new ArrayList<Object>();
            for (var value : found) {
                take(step, value, next);
                if (visits + next.size() > MAX_VISITS) {
                    return null;
                }
            }
            visits += next.size();
            found = next;
        }
        return found.isEmpty() ? null : found;
    }

    private static void take(Step step, Object value, List<Object> found) {
        switch (step) {
            case Step.Name(var name) -> {
                if (value instanceof Map<?, ?> map) {
                    addIfThere(map.get(name), found);
                }
            }
            case Step.Index(var index) -> {
                if (value instanceof List<?> list) {
                    int at = index < 0 ? list.size() + index : index;
                    addIfThere(at >= 0 && at < list.size() ? list.get(at) : null, found);
                }
            }
            case Step.Slice(var from, var to) -> {
                if (value instanceof List<?> list) {
                    int end = bound(to, list.size());
                    for (int i = bound(from, list.size()); i < end; i++) {
                        addIfThere(list.get(i), found);
                    }
                }
            }
            case Step.Any() -> children(value).forEach(child -> addIfThere(child, found));
            case Step.Descend() -> descend(value, found);
        }
    }

    private static void descend(Object value, List<Object> found) {
        int next = found.size();
        found.add(value);
        while (next < found.size() && found.size() <= MAX_VISITS) {
            children(found.get(next++)).forEach(child -> addIfThere(child, found));
        }
    }

    private static int bound(int index, int size) {
        return Math.clamp(index < 0 ? (long) size + index : index, 0, size);
    }

    private static Collection<?> children(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.values();
            case List<?> list -> list;
            default -> List.of();
        };
    }

    private static void addIfThere(@Nullable Object value, List<Object> found) {
        if (value != null) {
            found.add(value);
        }
    }
}
