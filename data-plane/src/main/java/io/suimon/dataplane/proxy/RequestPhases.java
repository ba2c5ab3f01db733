package io.suimon.dataplane.proxy;

import io.suimon.engine.compile.RouteRuntime;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.plugin.Phase;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Runs the filters of one exchange in their order, and waits where one says so. */
final class RequestPhases {

    /** What comes of the filters. */
    interface Outcome {

        /**
         * A filter is about to look at the request's body.
         *
         * @return whether all of it was read; otherwise {@link RequestPhases#bodyRead} follows when it is
         */
        boolean bodyNeeded();

        /** The same for a filter with a limit of its own; where the body is over it, {@link #reply} follows instead. */
        boolean bodyNeeded(Decision.ReadBody read);

        /** All filters before the pick let the request through. */
        void accessGranted();

        /** All filters behind the pick did. */
        void readyToSend();

        /** One of them answers. */
        void reply(Decision.Reply reply);

        /** One waits from now on; {@link #expire} ends that. */
        void suspended();
    }

    private enum Step {
        GLOBAL_REWRITE,
        ROUTE_REWRITE,
        ADDED_REWRITE,
        GLOBAL_ACCESS,
        ROUTE_ACCESS,
        GRANTED,
        GLOBAL_BEFORE_PROXY,
        ROUTE_BEFORE_PROXY,
        END;

        Step next() {
            return switch (this) {
                case GLOBAL_REWRITE -> ROUTE_REWRITE;
                case ROUTE_REWRITE -> ADDED_REWRITE;
                case ADDED_REWRITE -> GLOBAL_ACCESS;
                case GLOBAL_ACCESS -> ROUTE_ACCESS;
                case ROUTE_ACCESS -> GRANTED;
                case GLOBAL_BEFORE_PROXY -> ROUTE_BEFORE_PROXY;
                case GRANTED, ROUTE_BEFORE_PROXY, END -> END;
            };
        }
    }

    private final TrafficLoop loop;
    private final Exchange exchange;
    private final Outcome outcome;
    private final @Nullable PluginTrace trace;
    private Runtime runtime = Runtime.EMPTY;
    private @Nullable RouteRuntime route;
    private FilterChain global = FilterChain.EMPTY;
    private FilterChain chain = FilterChain.EMPTY;
    private FilterChain added = FilterChain.EMPTY;
    private Step step = Step.END;
    private int at;
    private int epoch;
    private boolean waiting;

    /** Goes on for a filter that has asked for the body. */
    private @Nullable Filter reader;

    RequestPhases(TrafficLoop loop, Exchange exchange, Outcome outcome) {
        this.loop = loop;
        this.exchange = exchange;
        this.outcome = outcome;
        this.trace = loop.settings().showPlugins() ? new PluginTrace() : null;
    }

    /** Begins; the route is null where none matched, and then only global filters run. */
    void start(Runtime of, @Nullable RouteRuntime matched) {
        globalOnly(of);
        if (matched != null) {
            route = matched;
            runBeside(matched.chain());
        }
        if (global.isEmpty() && chain.isEmpty()) {
            outcome.accessGranted();
        } else {
            begin(Step.GLOBAL_REWRITE);
        }
    }

    /** Runs no request filters; response and log filters will be the global ones. */
    void globalOnly(Runtime of) {
        runtime = of;
        route = null;
        global = of == Runtime.EMPTY ? FilterChain.EMPTY : of.globalChain();
        chain = FilterChain.EMPTY;
        added = FilterChain.EMPTY;
    }

    /** From here on these are the route's filters; global ones that stand back for one of them do not run. */
    private void runBeside(FilterChain routeChain) {
        chain = routeChain;
        global = runtime.globalChain(routeChain);
    }

    /** Runs the filters that run before each try. */
    void beforeProxy() {
        if (global.of(Phase.BEFORE_PROXY).length + chain.of(Phase.BEFORE_PROXY).length == 0) {
            outcome.readyToSend();
        } else {
            begin(Step.GLOBAL_BEFORE_PROXY);
        }
    }

    private void begin(Step first) {
        step = first;
        at = 0;
        reader = null;
        advance();
    }

    private void advance() {
        while (step != Step.END) {
            if (at == 0 && readsBody() && !outcome.bodyNeeded()) {
                return;
            }
            var filters = chainOfStep().of(phase());
            boolean ran = reader != null || filters.length > at;
            while (reader != null || at < filters.length) {
                switch (decide(next(filters))) {
                    case Decision.Proceed proceed -> {
                        // The next one is asked.
                    }
                    case Decision.Reply reply -> {
                        loop.timer().look();
                        outcome.reply(reply);
                        return;
                    }
                    case Decision.Suspend suspend -> {
                        await(suspend.decision());
                        return;
                    }
                    case Decision.Resume resume -> {
                        goOn(ask(resume));
                        return;
                    }
                    case Decision.ReadBody read -> {
                        if (!asks(read)) {
                            return;
                        }
                    }
                }
            }
            if (ran) {
                loop.timer().look();
            }
            if (!endStep()) {
                return;
            }
        }
    }

    private Filter next(Filter[] filters) {
        var asked = reader;
        if (asked == null) {
            note(chainOfStep(), phase(), at);
            asked = filters[at++];
        }
        reader = null;
        return asked;
    }

    private void note(FilterChain met, Phase phase, int place) {
        if (trace != null) {
            trace.meets(met, phase, place);
        }
    }

    private boolean asks(Decision.ReadBody read) {
        reader = read.then();
        return outcome.bodyNeeded(read);
    }

    /** The body that was asked for is there: the filters go on. */
    void bodyRead() {
        advance();
    }

    /** Whether this step needs the body; what comes behind the pick must not make an endpoint wait for it. */
    private boolean readsBody() {
        return switch (step) {
            case GLOBAL_REWRITE, ROUTE_REWRITE, ADDED_REWRITE, GLOBAL_ACCESS, ROUTE_ACCESS ->
                chainOfStep().readsBodyBy(phase());
            case GRANTED -> global.readsBody() || chain.readsBody();
            case GLOBAL_BEFORE_PROXY, ROUTE_BEFORE_PROXY, END -> false;
        };
    }

    /** The filters that run in this step are of this. */
    private FilterChain chainOfStep() {
        return switch (step) {
            case GLOBAL_REWRITE, GLOBAL_ACCESS, GLOBAL_BEFORE_PROXY -> global;
            case ROUTE_REWRITE, ROUTE_ACCESS, ROUTE_BEFORE_PROXY -> chain;
            case ADDED_REWRITE -> added;
            case GRANTED, END -> FilterChain.EMPTY;
        };
    }

    private Phase phase() {
        return switch (step) {
            case GLOBAL_REWRITE, ROUTE_REWRITE, ADDED_REWRITE -> Phase.REWRITE;
            case GLOBAL_ACCESS, ROUTE_ACCESS -> Phase.ACCESS;
            case GLOBAL_BEFORE_PROXY, ROUTE_BEFORE_PROXY, GRANTED, END -> Phase.BEFORE_PROXY;
        };
    }

    private Decision decide(Filter filter) {
        try {
            return switch (phase()) {
                case REWRITE -> filter.onRewrite(exchange);
                case ACCESS -> filter.onAccess(exchange);
                case BEFORE_PROXY, RESPONSE, LOG -> filter.onBeforeProxy(exchange);
            };
        } catch (RuntimeException e) {
            return failed("A request filter", e);
        }
    }

    /** Goes to the next step. Returns whether the filters go on. */
    private boolean endStep() {
        at = 0;
        var ended = step;
        step = ended.next();
        return switch (ended) {
            case ROUTE_REWRITE -> mergeConsumer();
            case GRANTED -> {
                outcome.accessGranted();
                yield false;
            }
            case ROUTE_BEFORE_PROXY -> {
                outcome.readyToSend();
                yield false;
            }
            case GLOBAL_REWRITE, ADDED_REWRITE, GLOBAL_ACCESS, ROUTE_ACCESS, GLOBAL_BEFORE_PROXY, END -> true;
        };
    }

    private boolean mergeConsumer() {
        var consumer = exchange.consumer();
        if (consumer == null || route == null) {
            return true;
        }
        var merged = runtime.chainFor(route, consumer);
        if (merged.groupMissing()) {
            outcome.reply(Decision.reply(503));
            return false;
        }
        runBeside(merged.chain());
        added = merged.added();
        return true;
    }

    private void await(CompletionStage<Decision> decision) {
        waiting = true;
        int awaited = epoch;
        outcome.suspended();
        decision.whenComplete((result, failure) -> loop.eventLoop().execute(() -> resume(awaited, result, failure)));
    }

    private void resume(int awaited, @Nullable Decision result, @Nullable Throwable failure) {
        if (awaited != epoch) {
            return;
        }
        epoch++;
        waiting = false;
        loop.timer().look();
        goOn(result == null ? failed("A filter that waited", failure) : result);
    }

    private void goOn(Decision decision) {
        switch (decision) {
            case Decision.Proceed proceed -> advance();
            case Decision.Reply reply -> outcome.reply(reply);
            case Decision.Suspend again -> await(again.decision());
            case Decision.ReadBody read -> {
                if (asks(read)) {
                    advance();
                }
            }
            case Decision.Resume resume -> goOn(ask(resume));
        }
    }

    private Decision ask(Decision.Resume resume) {
        try {
            return resume.decision().get();
        } catch (RuntimeException e) {
            return failed("A filter that waited", e);
        }
    }

    private Decision.Reply failed(String what, @Nullable Throwable failure) {
        loop.counters().filterErrors.add(1);
        var cause = failure == null ? new IllegalStateException("no decision") : failure;
        loop.quietLog().failed(what, cause, loop.timer().now());
        return Decision.reply(500);
    }

    /** Whether a filter is waited for. */
    boolean isWaiting() {
        return waiting;
    }

    /** The filter that is waited for took too long. */
    void expire() {
        if (waiting) {
            cancel();
            outcome.reply(
                    failed("A filter that waited", new java.util.concurrent.TimeoutException("no decision in time")));
        }
    }

    /** Nothing that is still to come is of interest. */
    void cancel() {
        epoch++;
        waiting = false;
        reader = null;
        step = Step.END;
    }

    /** Lets go of the configuration. */
    void forget() {
        globalOnly(Runtime.EMPTY);
        if (trace != null) {
            trace.reset();
        }
    }

    /** Shows the head of the response to the filters that want it. */
    void response() {
        response(global);
        response(chain);
        if (trace != null) {
            trace.show(exchange);
        }
    }

    private void response(FilterChain of) {
        var filters = of.of(Phase.RESPONSE);
        for (int i = 0; i < filters.length; i++) {
            note(of, Phase.RESPONSE, i);
            try {
                filters[i].onResponse(exchange);
            } catch (RuntimeException e) {
                failed("A response filter", e);
            }
        }
        if (filters.length > 0) {
            loop.timer().look();
        }
    }

    /** Tells the filters that want it that all is over. */
    void log() {
        log(global.of(Phase.LOG));
        log(chain.of(Phase.LOG));
    }

    private void log(Filter[] filters) {
        for (var filter : filters) {
            try {
                filter.onLog(exchange);
            } catch (RuntimeException e) {
                failed("A log filter", e);
            }
        }
    }
}
