package io.suimon.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.chaos.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        var experiments =
                experiments().stream().map(ChaosMeshManifestsTest::name).collect(Collectors.toSet());
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

    @Test
    void everyExperimentIsOneOfTheCommand() throws IOException {
        var alone = experiments().stream()
                .map(ChaosMeshManifestsTest::name)
                .filter(name -> !Catalog.names().contains(name)
                        && !Catalog.names().contains(name.replace("-member-", "-member-1-")));

        assertThat(alone).containsExactly("node-killed");
        assertThat(FOLDER.resolve("README.md")).content().contains("`node-killed` is here alone");
    }

    @Test
    void workflowDoesWhatTheFilesDo() throws IOException {
        var templates = objects().stream()
                .filter(object -> object.path("kind").asText().equals("Workflow"))
                .flatMap(workflow ->
                        StreamSupport.stream(workflow.at("/spec/templates").spliterator(), false))
                .collect(Collectors.toMap(template -> template.path("name").asText(), template -> template));

        assertThat(experiments()).allSatisfy(experiment -> {
            var template = Objects.requireNonNull(templates.get(name(experiment)));
            var spec = experiment.path("spec").<ObjectNode>deepCopy();
            var duration = spec.remove("duration");
            assertThat(template.path("templateType")).isEqualTo(experiment.path("kind"));
            assertThat(template.path(member(experiment))).isEqualTo(spec);
            if (duration != null) {
                assertThat(template.path("deadline")).isEqualTo(duration);
            }
        });
    }

    private static List<JsonNode> experiments() throws IOException {
        return objects().stream()
                .filter(object -> !object.path("kind").asText().equals("Workflow"))
                .toList();
    }

    private static String name(JsonNode experiment) {
        return experiment.at("/metadata/name").asText().replace("suimon-", "");
    }

    /** Under which a template keeps what a file has as its spec. */
    private static String member(JsonNode experiment) {
        var kind = experiment.path("kind").asText();
        return kind.substring(0, 1).toLowerCase(Locale.ROOT) + kind.substring(1);
    }
}
