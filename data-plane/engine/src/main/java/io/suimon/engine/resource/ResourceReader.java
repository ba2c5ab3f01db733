package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the record of a resource whose JSON its schema has found valid and completed; says what a schema cannot. */
final class ResourceReader {

    private static final String OF_CONSUMER = "invalid plugins configuration: ";

    private final ResourceKey key;
    private final Fields fields;

    ResourceReader(ResourceKey key, Fields fields) {
        this.key = key;
        this.fields = fields;
    }

    Resource read() {
        return switch (key.kind()) {
            case ROUTE -> route();
            case SERVICE -> service();
            case UPSTREAM -> new UpstreamReader(key, fields).read();
            case CONSUMER -> new Consumer(key, fields.description(), fields.id("group_id"), plugins(OF_CONSUMER));
            case CREDENTIAL -> new Credential(key, fields.description(), plugins(OF_CONSUMER));
            case CONSUMER_GROUP -> new ConsumerGroup(key, fields.description(), plugins(""));
            case PLUGIN_CONFIG -> new PluginConfig(key, fields.description(), plugins(""));
            case GLOBAL_RULE -> new GlobalRule(key, plugins(""));
            case PLUGIN_METADATA -> new PluginMetadata(key, fields.json());
            case SSL -> new CertificateReader(key, fields).read();
            case PROTO -> new Proto(key, fields.description(), fields.text("content", ""));
            case SECRET -> new Secret(key, fields.json());
            case STREAM_ROUTE -> streamRoute();
        };
    }

    private Map<String, PluginSpec> plugins(String prefix) {
        return PluginsReader.read(fields, prefix);
    }

    private Route route() {
        var upstream = UpstreamReader.readInside(key, fields);
        return new Route(
                key,
                fields.description(),
                fields.oneOrMore("uri", "uris"),
                hosts(),
                new LinkedHashSet<>(fields.texts("methods")),
                fields.oneOrMore("remote_addr", "remote_addrs"),
                fields.json().has("vars") ? fields.json().get("vars").toString() : null,
                fields.text("filter_func"),
                fields.integer("priority", 0),
                fields.integer("status", 1) == 1,
                plugins(""),
                fields.text("script"),
                upstream,
                fields.id("upstream_id"),
                fields.id("service_id"),
                fields.id("plugin_config_id"),
                UpstreamReader.timeouts(fields),
                fields.flag("enable_websocket"));
    }

    private List<String> hosts() {
        var host = fields.text("host");
        return host == null ? fields.lowerCaseTexts("hosts") : List.of(host.toLowerCase(Locale.ROOT));
    }

    private Service service() {
        var upstream = UpstreamReader.readInside(key, fields);
        return new Service(
                key,
                fields.description(),
                fields.lowerCaseTexts("hosts"),
                plugins(""),
                fields.text("script"),
                upstream,
                fields.id("upstream_id"),
                fields.flag("enable_websocket"));
    }

    private StreamRoute streamRoute() {
        var upstream = UpstreamReader.readInside(key, fields);
        var sni = fields.text("sni");
        return new StreamRoute(
                key,
                fields.description(),
                fields.text("remote_addr"),
                fields.text("server_addr"),
                fields.integer("server_port"),
                sni == null ? null : sni.toLowerCase(Locale.ROOT),
                plugins(""),
                upstream,
                fields.id("upstream_id"),
                fields.id("service_id"),
                protocol());
    }

    private @Nullable ObjectNode protocol() {
        var protocol = fields.object("protocol");
        return protocol == null ? null : protocol.json();
    }
}
