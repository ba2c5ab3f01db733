package io.suimon.engine.resource;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResourceSchemasTest {

    static final List<String> NAMES = ResourceSchemas.names();

    @ParameterizedTest
    @FieldSource("NAMES")
    void peopleAreShownSchemasWithNothingLeftThatRefersElsewhere(String name) {
        var shown = ResourceSchemas.named(name);

        assertThat(shown).get().asString().doesNotContain("$ref").contains("type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"secret", "plugin_metadata", "routes", "validate", "secret_vault", "labels", "../schema/route"})
    void peopleAreShownNothingElse(String name) {
        var shown = ResourceSchemas.named(name);

        assertThat(shown).isEmpty();
    }

    @Test
    void theUpstreamInsideARouteIsTheUpstream() {
        var inside = ResourceSchemas.of(ResourceKind.ROUTE).json().at("/properties/upstream");

        assertThat(inside).isEqualTo(ResourceSchemas.of(ResourceKind.UPSTREAM).json());
    }
}
