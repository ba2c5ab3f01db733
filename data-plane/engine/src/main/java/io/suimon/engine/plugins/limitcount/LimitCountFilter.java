package io.suimon.engine.plugins.limitcount;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.Headers;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.JsonText;
import io.suimon.engine.plugin.WindowCounters;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts requests against quotas, until one of them is used up. */
final class LimitCountFilter implements Filter {

    private static final Decision UNCOUNTABLE = Decision.reply(500);

    private final List<Quota> quotas;
    private final boolean sliding;
    private final boolean showHeaders;
    private final boolean allowDegradation;
    private final Decision rejected;
    private final String scope;
    private final WindowCounters counters;

    LimitCountFilter(LimitCountConfig config, List<Quota> quotas, String scope, WindowCounters counters) {
        var message = config.rejectedMsg();
        this.quotas = List.copyOf(quotas);
        this.sliding = config.windowType() == LimitCountConfig.WindowType.SLIDING;
        this.showHeaders = config.showLimitQuotaHeader();
        this.allowDegradation = config.allowDegradation();
        this.rejected = message == null
                ? Decision.reply(config.rejectedCode())
                : Decision.json(config.rejectedCode(), JsonText.object("error_msg", message));
        this.scope = scope;
        this.counters = counters;
    }

    @Override
    public boolean readsBody() {
        return quotas.stream().anyMatch(Quota::readsBody);
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        boolean counted = false;
        for (int i = 0; i < quotas.size(); i++) {
            var quota = quotas.get(i);
            var name = quota.name().of(exchange);
            if (name == null) {
                continue;
            }
            long limit = quota.count().of(exchange);
            long window = quota.window().of(exchange);
            if (limit <= 0 || window <= 0) {
                return UNCOUNTABLE;
            }
            counted = true;
            var usage = count(name, limit, window);
            tell(exchange, quota, name, limit, usage);
            if (!usage.allowed()) {
                return rejected;
            }
        }
        return counted || allowDegradation ? Decision.proceed() : UNCOUNTABLE;
    }

    private WindowCounters.Usage count(String name, long limit, long seconds) {
        var key = new WindowCounters.Key(scope, name);
        long nanos = TimeUnit.SECONDS.toNanos(seconds);
        return sliding ? counters.sliding(key, limit, nanos) : counters.fixed(key, limit, nanos);
    }

    private void tell(Exchange exchange, Quota quota, String name, long limit, WindowCounters.Usage usage) {
        var reset = Seconds.text(usage.resetNanos());
        if (showHeaders) {
            var headers = exchange.response().headers();
            tell(headers, quota, limit, usage.remaining(), reset);
        }
        var info = new StringBuilder(160).append("{\"rate_limiting_key\":\"");
        JsonStringEncoder.getInstance().quoteAsString(scope + ":" + name, info);
        info.append("\",\"rate_limiting_limit\":").append(limit);
        info.append(",\"rate_limiting_remaining\":").append(usage.remaining());
        info.append(",\"rate_limiting_reset\":").append(reset).append('}');
        exchange.variable("rate_limiting_info", info.toString());
    }

    /** Fields of the upstream come later and stay beside these; those of an earlier rule of the same name do not. */
    private void tell(Headers headers, Quota quota, long limit, long remaining, String reset) {
        if (quotas.size() > 1) {
            headers.remove(quota.limit());
            headers.remove(quota.remaining());
            headers.remove(quota.reset());
        }
        headers.add(quota.limit(), Long.toString(limit));
        headers.add(quota.remaining(), Long.toString(remaining));
        headers.add(quota.reset(), reset);
    }
}
