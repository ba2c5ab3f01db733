package io.suimon.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The experiments for a cluster are about the pods that the manifests make, and the workflow is about all of them. */
class ChaosMeshManifestsTest {

    private static final Path FOLDER = Checkout.ROOT.resolve("deploy/chaos-mesh");
    private static final Set<String> KINDS = Set.of("NetworkChaos", "PodChaos", "Workflow");

    private final Manifests pods =
            new Manifests().file("control-plane.yaml").file("data-plane.yaml").file("etcd.yaml");

    private static List<JsonNode> objects() throws IOException {
        var all = new Manifests();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                all.text(Files.readString(file));
            }
        }
        return all.objects();
    }

    @Test
    void everyObjectIsOneThatChaosMeshKnows() throws IOException {
        assertThat(objects())
                .hasSizeGreaterThan(2)
                .allMatch(object -> object.path("apiVersion").asText().equals("chaos-mesh.org/v1alpha1"))
                .allMatch(object -> KINDS.contains(object.path("kind").asText()));
    }

    @Test
    void everySelectorSelectsPodsThatThereAre() throws IOException {
        var selectors = new ArrayList<JsonNode>();
        for (var object : objects()) {
            selectors.addAll(object.findValues("labelSelectors"));
        }

        assertThat(selectors).isNotEmpty().allMatch(this::selects);
    }

    private boolean selects(JsonNode selector) {
        return pods.objects().stream()
                .map(object -> object.at("/spec/template/metadata/labels"))
                .anyMatch(labels -> selector.properties().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey()))));
    }

    @Test
    void workflowHasEveryExperimentAndNoOther() throws IOException {
        var workflow = objects().stream()
                .filter(object -> object.path("kind").asText().equals("Workflow"))
                .findFirst()
                .orElseThrow();
        var experiments = objects().stream()
                .filter(object -> !object.path("kind").asText().equals("Workflow"))
                .map(object -> object.at("/metadata/name").asText().replace("suimon-", ""))
                .collect(Collectors.toSet());
        var templates = StreamSupport.stream(workflow.at("/spec/templates").spliterator(), false)
                .collect(Collectors.toMap(template -> template.path("name").asText(), template -> template));
        var entry =
                Objects.requireNonNull(templates.get(workflow.at("/spec/entry").asText()));

        var children = StreamSupport.stream(entry.path("children").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());

        assertThat(templates.keySet()).containsAll(children);
        assertThat(children).containsAll(experiments);
        children.removeAll(experiments);
        assertThat(children).containsExactly("rest");
    }
}
