package io.suimon.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The images, built by Docker or without it, are those that the manifests start: same names, commands and ports, and room for the JVM. */
class ImagesTest {

    private static final int MIB = 1 << 20;

    private final Manifests manifests =
            new Manifests().file("control-plane.yaml").file("data-plane.yaml");

    @ParameterizedTest
    @ValueSource(strings = {"control-plane", "data-plane"})
    void dockerAndJibMakeWhatIsStarted(String plane) throws IOException {
        var container = manifests.container("Deployment", "suimon-" + plane);
        var dockerfile = file("deploy/docker/" + plane + ".Dockerfile");
        var pom = file(plane + "/pom.xml");

        var command = texts(container.path("command"));
        assertThat(texts(new ObjectMapper().readTree(found("ENTRYPOINT (.+)", dockerfile))))
                .isEqualTo(command);
        assertThat(found("<quarkus.jib.jvm-entrypoint>(.+)</", pom)).isEqualTo(String.join(",", command));
        var ports = container.path("ports").findValuesAsText("containerPort");
        assertThat(found("EXPOSE (.+)", dockerfile).split(" ", -1)).containsExactlyInAnyOrderElementsOf(ports);
        assertThat(found("<quarkus.jib.ports>(.+)</", pom).split(",", -1)).containsExactlyInAnyOrderElementsOf(ports);
    }

    @ParameterizedTest
    @ValueSource(strings = {"control-plane", "data-plane"})
    void theyAreCalledAsTheManifestsCallThem(String plane) throws IOException {
        var image = manifests
                .container("Deployment", "suimon-" + plane)
                .path("image")
                .asText();
        var version = found("<artifactId>suimon</artifactId>\\s*<version>([^<]+)<", file("pom.xml"));
        var pom = file(plane + "/pom.xml");

        assertThat(image).isEqualTo("suimon/" + plane + ":" + version);
        assertThat(found(" -t (\\S+) \\.", file("deploy/docker/" + plane + ".Dockerfile")))
                .isEqualTo(image);
        assertThat(file("deploy/kubernetes/README.md")).contains("-t suimon/$plane:" + version + " .");
        assertThat(found("<quarkus.container-image.group>(.+)</", pom)
                        + "/"
                        + found("<quarkus.container-image.name>(.+)</", pom))
                .isEqualTo("suimon/" + plane);
    }

    @ParameterizedTest
    @ValueSource(strings = {"control-plane", "data-plane"})
    void theLimitOfMemoryLeavesRoomBesideWhatTheJvmMayTake(String plane) throws IOException {
        var limit = manifests
                .container("Deployment", "suimon-" + plane)
                .at("/resources/limits/memory")
                .asText();
        var options = file(plane + "/src/main/jib/app/jvm.options");

        long taken = Stream.of("-Xmx(\\S+)", "-XX:MaxDirectMemorySize=(\\S+)")
                .flatMap(option -> Pattern.compile(option).matcher(options).results())
                .mapToLong(option -> bytes(option.group(1)))
                .sum();

        assertThat(bytes(limit)).isBetween(taken + 256L * MIB, taken + 1024L * MIB);
    }

    private static long bytes(String size) {
        long number = Long.parseLong(size.replaceAll("\\D", ""));
        return size.replaceAll("[\\di]", "").equalsIgnoreCase("g") ? number << 30 : number << 20;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String found(String pattern, String text) {
        var found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    private static String file(String path) throws IOException {
        return Files.readString(Checkout.ROOT.resolve(path));
    }
}
