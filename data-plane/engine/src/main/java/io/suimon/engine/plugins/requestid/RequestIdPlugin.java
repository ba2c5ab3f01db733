package io.suimon.engine.plugins.requestid;

import com.google.auto.service.AutoService;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Gives every request an identifier, unless its client has. */
@AutoService(Plugin.class)
@SuppressWarnings("rawtypes") // a service is named by its class alone
public final class RequestIdPlugin implements Plugin<RequestIdConfig> {

    private static final String VARIABLE = "apisix_request_id";

    @Override
    public String name() {
        return "request-id";
    }

    @Override
    public int priority() {
        return 12015;
    }

    @Override
    public Class<RequestIdConfig> configType() {
        return RequestIdConfig.class;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REWRITE, Phase.RESPONSE);
    }

    @Override
    public Filter bind(RequestIdConfig config, PluginHost host) {
        return new Identifying(
                HeaderName.of(config.headerName()), config.includeInResponse(), IdGenerator.of(config, host));
    }

    /** Sets the field on the request, and later on the response what it was then. */
    private record Identifying(HeaderName header, boolean includeInResponse, IdGenerator generator) implements Filter {

        @Override
        public Decision onRequest(Exchange exchange) {
            var headers = exchange.request().headers();
            var id = headers.first(header);
            if (id == null || id.isEmpty()) {
                id = generator.next();
                headers.set(header, id);
            }
            exchange.variable(VARIABLE, id);
            if (includeInResponse) {
                exchange.variable(key(), headers.all(header));
            }
            return Decision.proceed();
        }

        @Override
        public void onResponse(Exchange exchange) {
            var headers = exchange.response().headers();
            if (includeInResponse && exchange.variable(key()) instanceof List<?> ids && !headers.contains(header)) {
                ids.forEach(id -> headers.add(header, id.toString()));
            }
        }

        /** Where an exchange keeps what the field was, whatever later filters make of it; no variable has a blank in its name. */
        private String key() {
            return "request-id " + header.text();
        }
    }
}
