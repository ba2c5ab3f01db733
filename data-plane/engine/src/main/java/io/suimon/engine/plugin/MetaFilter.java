package io.suimon.engine.plugin;

import io.suimon.engine.expression.Expression;
import io.suimon.engine.http.Exchange;
import org.jspecify.annotations.Nullable;

/** A filter under what its {@code _meta} says: run only where a condition holds, answer errors with another body. */
final class MetaFilter implements Filter {

    private static final int FIRST_ERROR = 400;

    private final Filter filter;
    private final @Nullable Expression condition;
    private final String conditionKey;
    private final Decision.@Nullable Body errorBody;

    /**
     * @param conditionKey where an exchange keeps what the condition came to; no variable's name, unique to this binding
     */
    MetaFilter(Filter filter, @Nullable Expression condition, String conditionKey, Decision.@Nullable Body errorBody) {
        this.filter = filter;
        this.condition = condition;
        this.conditionKey = conditionKey;
        this.errorBody = errorBody;
    }

    @Override
    public boolean readsBody() {
        return filter.readsBody() || (condition != null && condition.readsBody());
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        return runs(exchange) ? answered(filter.onRequest(exchange)) : Decision.proceed();
    }

    @Override
    public Decision onRewrite(Exchange exchange) {
        return runs(exchange) ? answered(filter.onRewrite(exchange)) : Decision.proceed();
    }

    @Override
    public Decision onAccess(Exchange exchange) {
        return runs(exchange) ? answered(filter.onAccess(exchange)) : Decision.proceed();
    }

    @Override
    public Decision onBeforeProxy(Exchange exchange) {
        return runs(exchange) ? answered(filter.onBeforeProxy(exchange)) : Decision.proceed();
    }

    @Override
    public void onResponse(Exchange exchange) {
        if (runs(exchange)) {
            filter.onResponse(exchange);
        }
    }

    @Override
    public void onLog(Exchange exchange) {
        if (runs(exchange)) {
            filter.onLog(exchange);
        }
    }

    /** The condition counts as it was when it was first asked for: a filter runs in all its phases or in none. */
    private boolean runs(Exchange exchange) {
        if (condition == null) {
            return true;
        }
        if (exchange.variable(conditionKey) instanceof Boolean known) {
            return known;
        }
        boolean holds = condition.test(exchange);
        exchange.variable(conditionKey, holds);
        return holds;
    }

    private Decision answered(Decision decision) {
        if (errorBody == null) {
            return decision;
        }
        return switch (decision) {
            case Decision.Proceed proceed -> proceed;
            case Decision.Reply reply -> reply.status() < FIRST_ERROR ? reply : reply.with(errorBody);
            case Decision.Suspend suspend ->
                new Decision.Suspend(suspend.decision().thenApply(this::answered));
            case Decision.Resume resume ->
                new Decision.Resume(() -> answered(resume.decision().get()));
            case Decision.ReadBody(long limit, var tooLong, var then) ->
                new Decision.ReadBody(
                        limit,
                        (size, held) -> tooLong.reply(size, held).with(errorBody),
                        exchange -> answered(then.onRequest(exchange)));
        };
    }
}
