package io.suimon.dataplane;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether each thing that APISIX's upstreams do is tried by a test that there is, or is said not to be offered. */
class UpstreamsReferenceTest {

    private static final Path DOCS = Path.of("../docs");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "upstreams-reference.csv", delimiter = '|', numLinesToSkip = 1)
    void eachLineIsTriedOrSaidNotToBeOffered(String section, String what, String where) throws Exception {
        assertThat(section + what).isNotBlank();

        for (var one : where.contains(".md#") ? new String[] {where} : where.split(" ")) {
            assertThat(exists(one.split("#", 2))).as(one).isTrue();
        }
    }

    private static boolean exists(String[] place) throws IOException, ClassNotFoundException {
        if (place[0].endsWith(".md")) {
            return Files.readAllLines(DOCS.resolve(place[0])).contains("## " + place[1]);
        }
        var type = Class.forName("io.suimon." + place[0]);
        return !Modifier.isAbstract(type.getModifiers())
                && !ReflectionSupport.findMethods(
                                type,
                                method -> method.getName().equals(place[1])
                                        && AnnotationSupport.isAnnotated(method, Testable.class),
                                HierarchyTraversalMode.TOP_DOWN)
                        .isEmpty();
    }
}
