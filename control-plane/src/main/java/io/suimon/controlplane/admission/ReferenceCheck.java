package io.suimon.controlplane.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.resource.Certificate;
import io.suimon.engine.resource.Consumer;
import io.suimon.engine.resource.ConsumerGroup;
import io.suimon.engine.resource.Credential;
import io.suimon.engine.resource.GlobalRule;
import io.suimon.engine.resource.PluginConfig;
import io.suimon.engine.resource.PluginMetadata;
import io.suimon.engine.resource.Proto;
import io.suimon.engine.resource.Resource;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.Route;
import io.suimon.engine.resource.Secret;
import io.suimon.engine.resource.Service;
import io.suimon.engine.resource.StreamRoute;
import io.suimon.engine.resource.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Refuses what refers to something that does not exist, or is not of the right sort. */
final class ReferenceCheck implements Check {

    /** Everything a resource refers to, for the guards of its commit. */
    List<ResourceKey> references(Resource resource) {
        return switch (resource) {
            case Route route ->
                Stream.of(
                                key(ResourceKind.UPSTREAM, route.upstreamId()),
                                key(ResourceKind.SERVICE, route.serviceId()),
                                key(ResourceKind.PLUGIN_CONFIG, route.pluginConfigId()),
                                clientCertificate(route.upstream()))
                        .flatMap(Optional::stream)
                        .toList();
            case Service service ->
                Stream.of(key(ResourceKind.UPSTREAM, service.upstreamId()), clientCertificate(service.upstream()))
                        .flatMap(Optional::stream)
                        .toList();
            case Upstream upstream -> clientCertificate(upstream).stream().toList();
            case Consumer consumer ->
                key(ResourceKind.CONSUMER_GROUP, consumer.groupId()).stream().toList();
            case Credential credential -> List.of(new ResourceKey(ResourceKind.CONSUMER, credential.username()));
            case StreamRoute route ->
                Stream.of(
                                key(ResourceKind.UPSTREAM, route.upstreamId()),
                                key(ResourceKind.SERVICE, route.serviceId()),
                                key(ResourceKind.STREAM_ROUTE, superiorId(route)),
                                clientCertificate(route.upstream()))
                        .flatMap(Optional::stream)
                        .toList();
            case ConsumerGroup group -> List.of();
            case PluginConfig config -> List.of();
            case GlobalRule rule -> List.of();
            case PluginMetadata metadata -> List.of();
            case Certificate certificate -> List.of();
            case Proto proto -> List.of();
            case Secret secret -> List.of();
        };
    }

    @Override
    public Optional<Verdict.Refused> review(Candidate candidate, StoredObjects objects) {
        return switch (candidate.resource()) {
            case Route route ->
                certificate(route.upstream(), objects)
                        .or(() -> upstream(route.upstreamId(), objects))
                        .or(() -> service(route.serviceId(), objects))
                        .or(() -> exists(
                                ResourceKind.PLUGIN_CONFIG,
                                route.pluginConfigId(),
                                "failed to fetch plugin config info by plugin config id [%s], response code: 404",
                                objects));
            case Service service ->
                certificate(service.upstream(), objects).or(() -> upstream(service.upstreamId(), objects));
            case Upstream upstream -> certificate(upstream, objects);
            case Consumer consumer ->
                exists(
                        ResourceKind.CONSUMER_GROUP,
                        consumer.groupId(),
                        "failed to fetch consumer group info by consumer group id [%s], response code: 404",
                        objects);
            case StreamRoute route ->
                certificate(route.upstream(), objects)
                        .or(() -> upstream(route.upstreamId(), objects))
                        .or(() -> service(route.serviceId(), objects))
                        .or(() -> superior(route, objects));
            case Credential credential -> Optional.empty();
            case ConsumerGroup group -> Optional.empty();
            case PluginConfig config -> Optional.empty();
            case GlobalRule rule -> Optional.empty();
            case PluginMetadata metadata -> Optional.empty();
            case Certificate certificate -> Optional.empty();
            case Proto proto -> Optional.empty();
            case Secret secret -> Optional.empty();
        };
    }

    private static Optional<Verdict.Refused> upstream(@Nullable String id, StoredObjects objects) {
        return exists(
                ResourceKind.UPSTREAM,
                id,
                "failed to fetch upstream info by upstream id [%s], response code: 404",
                objects);
    }

    private static Optional<Verdict.Refused> service(@Nullable String id, StoredObjects objects) {
        return exists(
                ResourceKind.SERVICE,
                id,
                "failed to fetch service info by service id [%s], response code: 404",
                objects);
    }

    private static Optional<Verdict.Refused> certificate(@Nullable Upstream upstream, StoredObjects objects) {
        return clientCertificate(upstream)
                .flatMap(key -> objects.get(key)
                        .map(ssl -> ssl.path("type").asText("server").equals("client")
                                ? Optional.<Verdict.Refused>empty()
                                : refused("failed to fetch ssl info by ssl id [%s], wrong ssl type", key))
                        .orElseGet(() -> refused("failed to fetch ssl info by ssl id [%s], response code: 404", key)));
    }

    private static Optional<Verdict.Refused> superior(StreamRoute route, StoredObjects objects) {
        var id = superiorId(route);
        if (id == null) {
            return Optional.empty();
        }
        if (id.equals(route.key().id())) {
            return Optional.of(Verdict.Refused.because("stream route can not set itself as superior_id"));
        }
        var key = new ResourceKey(ResourceKind.STREAM_ROUTE, id);
        var superior = objects.get(key);
        if (superior.isEmpty()) {
            return refused("failed to fetch stream routes[%s], response code: 404", key);
        }
        var own = protocolName(route.protocol());
        var theirs = protocolName(superior.get().path("protocol"));
        return own.equals(theirs)
                ? Optional.empty()
                : Optional.of(Verdict.Refused.because("protocol mismatch: subordinate protocol [" + own
                        + "] does not match superior protocol [" + theirs + "]"));
    }

    private static String protocolName(@Nullable JsonNode protocol) {
        return protocol == null ? "nil" : protocol.path("name").asText("nil");
    }

    private static @Nullable String superiorId(StreamRoute route) {
        var protocol = route.protocol();
        return protocol == null
                ? null
                : Json.idText(protocol.path("superior_id")).orElse(null);
    }

    private static Optional<Verdict.Refused> exists(
            ResourceKind kind, @Nullable String id, String message, StoredObjects objects) {
        return key(kind, id).filter(key -> objects.get(key).isEmpty()).flatMap(key -> refused(message, key));
    }

    private static Optional<Verdict.Refused> refused(String message, ResourceKey key) {
        return Optional.of(Verdict.Refused.because(message.formatted(key.id())));
    }

    private static Optional<ResourceKey> clientCertificate(@Nullable Upstream upstream) {
        var tls = upstream == null ? null : upstream.tls();
        return tls == null ? Optional.empty() : key(ResourceKind.SSL, tls.clientCertificateId());
    }

    private static Optional<ResourceKey> key(ResourceKind kind, @Nullable String id) {
        return id == null ? Optional.empty() : Optional.of(new ResourceKey(kind, id));
    }
}
