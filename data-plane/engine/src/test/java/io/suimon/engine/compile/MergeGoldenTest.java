package io.suimon.engine.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.resource.StoredResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What requests meet, for each input beside this test; {@code -Dgolden=write} writes it anew, to be read in review. */
class MergeGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/suimon/engine/compile/golden");
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @MethodSource("inputs")
    void theRuntimeIsAsDescribed(String name) throws IOException {
        var input = JSON.readTree(FOLDER.resolve(name + ".in.json").toFile());
        var output = FOLDER.resolve(name + ".out.txt");

        var described = described(input);

        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(output, described);
        }
        assertThat(described).isEqualTo(Files.readString(output));
    }

    static List<String> inputs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".in.json"))
                    .map(file -> file.substring(0, file.length() - ".in.json".length()))
                    .sorted()
                    .toList();
        }
    }

    private static String described(JsonNode input) {
        var resources = new ArrayList<StoredResource>();
        input.get("resources")
                .properties()
                .forEach(entry -> resources.add(TestBench.resource(
                        entry.getKey(), resources.size() + 1, entry.getValue().toString())));
        var compiled = new TestBench()
                .compiler()
                .apply(Runtime.EMPTY, new ConfigChange(resources.size(), true, resources, List.of()));
        var consumers = new ArrayList<String>();
        input.path("consumers").forEach(name -> consumers.add(name.textValue()));
        var text = new StringBuilder();
        for (var target : input.get("requests")) {
            text.append("GET ").append(target.textValue()).append('\n');
            text.append(TestBench.describe(compiled.runtime(), DescribedRequest.get(target.textValue()), consumers));
        }
        compiled.rejections().forEach(rejection -> text.append(rejection).append('\n'));
        return text.toString();
    }
}
