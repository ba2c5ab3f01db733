package io.suimon.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A node may ask for endpoints when it is given the role, for nothing else, and not by itself. */
class DiscoveryRoleTest {

    private final Manifests manifests = new Manifests().file("data-plane.yaml").file("discovery-rbac.yaml");

    @Test
    void theRoleIsToReadEndpointsAndNoMore() {
        var rules = manifests.object("ClusterRole", "suimon-discovery").path("rules");

        assertThat(rules)
                .extracting(rule -> Map.entry(texts(rule.path("apiGroups")), texts(rule.path("resources"))))
                .containsExactly(
                        Map.entry(List.of("discovery.k8s.io"), List.of("endpointslices")),
                        Map.entry(List.of(""), List.of("endpoints")));
        assertThat(rules).allMatch(rule -> texts(rule.path("verbs")).equals(List.of("get", "list", "watch")));
    }

    @Test
    void itIsBoundToTheAccountThatThereIs() {
        var binding = manifests.object("ClusterRoleBinding", "suimon-discovery");

        var subject = binding.at("/subjects/0");
        assertThat(binding.at("/roleRef/name").textValue()).isEqualTo("suimon-discovery");
        assertThat(manifests.object(
                        subject.path("kind").asText(), subject.path("name").asText()))
                .isNotNull();
    }

    @Test
    void aNodeHasNoTokenUnlessItIsGivenOne() {
        var pod = manifests.object("Deployment", "suimon-data-plane").at("/spec/template/spec");

        assertThat(pod.path("automountServiceAccountToken").booleanValue()).isFalse();
        assertThat(pod.has("serviceAccountName")).isFalse();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
