package io.suimon.engine.expression;

import io.suimon.engine.http.HeaderName;
import io.suimon.engine.text.WireText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All variables by name, and the families whose names go on with one of the request's. */
final class Variables {

    private record Family(String prefix, Function<String, Variable> member) {}

    private static final Map<String, Variable> NAMED = named();

    /** The longer prefix first where one begins with another. */
    private static final List<Family> FAMILIES = List.of(
            new Family("post_arg.", PostField::of),
            new Family("post_arg_", PostArgument::new),
            new Family("arg_", Variables::argument),
            new Family(
                    "cookie_", name -> exchange -> exchange.request().cookies().get(name)),
            new Family(
                    "uri_param_", name -> exchange -> exchange.pathParameters().get(name)),
            new Family("upstream_http_", ResponseVariables::upstreamField),
            new Family("sent_http_", ResponseVariables::sentField),
            new Family("http_", Variables::field));

    private Variables() {}

    static Variable of(String name) {
        var known = NAMED.get(name);
        if (known != null) {
            return known;
        }
        for (var family : FAMILIES) {
            if (name.startsWith(family.prefix) && name.length() > family.prefix.length()) {
                return family.member.apply(WireText.of(name.substring(family.prefix.length())));
            }
        }
        return exchange -> exchange.variable(name);
    }

    private static Map<String, Variable> named() {
        var named = new HashMap<String, Variable>();
        named.putAll(RequestVariables.ALL);
        named.putAll(ConnectionVariables.ALL);
        named.putAll(TlsVariables.ALL);
        named.putAll(ResponseVariables.ALL);
        named.putAll(UpstreamVariables.ALL);
        named.putAll(GraphqlVariable.ALL);
        return Map.copyOf(named);
    }

    private static Variable argument(String name) {
        return exchange -> {
            var argument = exchange.request().arguments().first(name);
            if (argument == null) {
                return null;
            }
            return argument.value() == null ? true : argument.value();
        };
    }

    /** A dash of a field's name may be written as an underscore, and an underscore may be meant. */
    private static Variable field(String name) {
        var dashed = HeaderName.sought(name.replace('_', '-'));
        var separator = dashed.equals(HeaderName.COOKIE) ? "; " : ", ";
        if (name.indexOf('_') < 0) {
            return exchange -> Values.joined(exchange.request().headers(), dashed, separator);
        }
        var literal = HeaderName.sought(name);
        return exchange -> {
            var headers = exchange.request().headers();
            var first = Values.joined(headers, dashed, separator);
            var second = Values.joined(headers, literal, separator);
            return first == null ? second : second == null ? first : first + separator + second;
        };
    }
}
