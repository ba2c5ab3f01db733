package io.suimon.controlplane.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Refuses to delete what others refer to. */
final class DeletionCheck {

    /**
     * A way in which one kind refers to another.
     *
     * @param referrer the kind that refers
     * @param ids what an object of that kind refers to, as numbers or strings
     * @param message with the place where the referrer's id goes
     */
    private record Use(ResourceKind referrer, Function<ObjectNode, Stream<JsonNode>> ids, String message) {}

    private static final List<Use> OF_UPSTREAMS = List.of(
            direct(ResourceKind.ROUTE, "upstream_id", "can not delete this upstream, route [%s] is still using it now"),
            direct(
                    ResourceKind.SERVICE,
                    "upstream_id",
                    "can not delete this upstream, service [%s] is still using it now"),
            split(ResourceKind.ROUTE, "route"),
            split(ResourceKind.SERVICE, "service"),
            split(ResourceKind.PLUGIN_CONFIG, "plugin_config"),
            split(ResourceKind.CONSUMER, "consumer"),
            split(ResourceKind.CONSUMER_GROUP, "consumer_group"),
            split(ResourceKind.GLOBAL_RULE, "global_rules"));

    private static final List<Use> OF_SERVICES = List.of(
            direct(
                    ResourceKind.ROUTE,
                    "service_id",
                    "can not delete this service directly, route [%s] is still using it now"),
            direct(
                    ResourceKind.STREAM_ROUTE,
                    "service_id",
                    "can not delete this service directly, stream_route [%s] is still using it now"));

    private static final List<Use> OF_PLUGIN_CONFIGS = List.of(direct(
            ResourceKind.ROUTE,
            "plugin_config_id",
            "can not delete this plugin config, route [%s] is still using it now"));

    private static final List<Use> OF_CONSUMER_GROUPS = List.of(direct(
            ResourceKind.CONSUMER,
            "group_id",
            "can not delete this consumer group, consumer [%s] is still using it now"));

    private static final List<Use> OF_PROTOS =
            List.of(transcode(ResourceKind.ROUTE, "route"), transcode(ResourceKind.SERVICE, "service"));

    private static final List<Use> OF_STREAM_ROUTES = List.of(new Use(
            ResourceKind.STREAM_ROUTE,
            route -> Stream.of(route.path("protocol").path("superior_id")),
            "can not delete this stream route directly, stream route [%s] is still using it as superior_id"));

    Optional<Verdict.Refused> check(ResourceKey key, StoredObjects objects) {
        return usesOf(key.kind()).stream()
                .flatMap(use -> objects.mentioning(use.referrer(), key.id())
                        .filter(stored -> use.ids().apply(stored.value()).anyMatch(id -> names(id, key)))
                        .map(stored -> Verdict.Refused.because(
                                use.message().formatted(stored.key().id()))))
                .findFirst();
    }

    private static boolean names(JsonNode id, ResourceKey key) {
        return Json.idText(id).filter(key.id()::equals).isPresent();
    }

    private static List<Use> usesOf(ResourceKind kind) {
        return switch (kind) {
            case UPSTREAM -> OF_UPSTREAMS;
            case SERVICE -> OF_SERVICES;
            case PLUGIN_CONFIG -> OF_PLUGIN_CONFIGS;
            case CONSUMER_GROUP -> OF_CONSUMER_GROUPS;
            case PROTO -> OF_PROTOS;
            case STREAM_ROUTE -> OF_STREAM_ROUTES;
            case ROUTE, CONSUMER, CREDENTIAL, GLOBAL_RULE, PLUGIN_METADATA, SSL, SECRET -> List.of();
        };
    }

    private static Use direct(ResourceKind referrer, String field, String message) {
        return new Use(referrer, object -> Stream.of(object.path(field)), message);
    }

    private static Use split(ResourceKind referrer, String word) {
        return new Use(
                referrer,
                DeletionCheck::splitTargets,
                "can not delete this upstream, plugin in " + word + " [%s] is still using it now");
    }

    private static Use transcode(ResourceKind referrer, String word) {
        return new Use(
                referrer,
                object ->
                        Stream.of(object.path("plugins").path("grpc-transcode").path("proto_id")),
                "can not delete this proto, " + word + " [%s] is still using it now");
    }

    private static Stream<JsonNode> splitTargets(ObjectNode object) {
        return elements(object.path("plugins").path("traffic-split").path("rules"))
                .flatMap(rule -> elements(rule.path("weighted_upstreams")))
                .map(target -> target.path("upstream_id"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
