package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResourceParserTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GOLDEN = Path.of("src/test/resources/io/suimon/engine/resource/golden");

    static final List<String> GOLDEN_NAMES = List.of(
            "route",
            "route_least",
            "service",
            "service_empty",
            "upstream",
            "consumer",
            "credential",
            "consumer_group",
            "plugin_config",
            "global_rule",
            "plugin_metadata",
            "ssl",
            "proto",
            "secret_vault",
            "secret_aws",
            "secret_gcp",
            "stream_route");

    private final ResourceParser parser = new ResourceParser();

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource
    void refusesInTheWordsOfApisix(String key, String json, String message) {
        var refused = (Parsed.Refused) parser.parse(key(key), json.getBytes(StandardCharsets.UTF_8));

        assertThat(refused.violations().getFirst().message()).isEqualTo(message);
    }

    static Stream<Arguments> refusesInTheWordsOfApisix() throws IOException {
        return StreamSupport.stream(read("refusals.json").spliterator(), false)
                .map(row -> Arguments.of(
                        row.get("key").textValue(),
                        row.get("json").toString(),
                        row.get("message").textValue()));
    }

    @ParameterizedTest
    @FieldSource("GOLDEN_NAMES")
    void readsEveryFieldOfEveryKind(String name) throws IOException {
        var given = read("golden/" + name + ".in.json");

        var parsed = parser.parse(
                key(given.get("key").textValue()), given.get("value").toString().getBytes(StandardCharsets.UTF_8));

        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
        var text = RecordText.of((Record) ((Parsed.Accepted) parsed).resource());
        assertThat(text).isEqualTo(golden(name, text));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiterString = " ~ ", quoteCharacter = '`', nullValues = "-", textBlock = """
            {"a":1}x ~ invalid JSON: Unrecognized token 'x'
            {"a":1} {} ~ invalid JSON: Trailing token
            {"a":1,} ~ invalid JSON: Unexpected character ('}'
            {'a':1} ~ invalid JSON: Unexpected character ('''
            {"a":NaN} ~ invalid JSON: Non-standard token 'NaN'
            `` ~ invalid JSON: the text is empty
            """)
    void refusesWhatIsNoJson(String text, String message) {
        var refused = (Parsed.Refused) parser.parse(key("services/1"), text.getBytes(StandardCharsets.UTF_8));

        assertThat(refused.violations().getFirst().message()).startsWith(message);
    }

    @Test
    void refusesTextInAnotherEncoding() {
        var refused = (Parsed.Refused) parser.parse(key("services/1"), "{}".getBytes(StandardCharsets.UTF_16));

        assertThat(refused.violations()).containsExactly(Violation.of("invalid JSON: the text is not UTF-8"));
    }

    @Test
    void refusesTextThatIsTooDeep() {
        var text = "[".repeat(ResourceParser.MAX_DEPTH + 1) + "]".repeat(ResourceParser.MAX_DEPTH + 1);

        var refused = (Parsed.Refused) parser.parse(key("services/1"), text.getBytes(StandardCharsets.UTF_8));

        assertThat(refused.violations().getFirst().message())
                .contains("at most 100 levels")
                .doesNotContain("Constraints");
    }

    @Test
    void refusesTextThatIsTooLong() {
        var refused = (Parsed.Refused) parser.parse(key("services/1"), new byte[ResourceParser.MAX_BYTES + 1]);

        assertThat(refused.violations())
                .containsExactly(Violation.of("size: 2097153 bytes (expected: at most 2097152)"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"true, true", "false, false", "1, false", "'\"true\"', false"})
    void onlyTrueDisablesAPlugin(String disable, boolean disabled) {
        var parsed = parser.parse(
                key("services/1"), bytes("{\"plugins\":{\"x\":{\"_meta\":{\"disable\":" + disable + "}}}}"));

        var service = (Service) ((Parsed.Accepted) parsed).resource();
        assertThat(service.plugins().values())
                .extracting(spec -> spec.meta().disabled())
                .containsExactly(disabled);
    }

    @Test
    void theLastOfEqualMembersCounts() {
        var parsed = parser.parse(key("protos/1"), bytes("{\"content\":\"a\",\"content\":\"b\"}"));

        assertThat(parsed).isEqualTo(new Parsed.Accepted(new Proto(key("protos/1"), Description.NONE, "b")));
    }

    @Test
    void theIdOfTheKeyWinsOverTheOneInTheText() {
        var parsed = parser.parse(key("protos/1"), bytes("{\"content\":\"a\",\"id\":{}}"));

        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
    }

    @Test
    void saysEveryViolationWithItsPlace() {
        var refused = (Parsed.Refused) parser.parse(
                key("ssls/1"),
                bytes("{\"type\":\"client\",\"status\":3,\"desc\":1,\"cert\":\"$ENV://C\",\"key\":\"$ENV://K\"}"));

        assertThat(refused.violations()).extracting(Violation::pointer).containsExactly("/desc", "/status");
    }

    @Test
    void certificatesMayComeFromSecrets() {
        var parsed = parser.parse(
                key("ssls/1"), bytes("{\"sni\":\"a\",\"cert\":\"$secret://vault/1/a/cert\",\"key\":\"$ENV://KEY\"}"));

        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:x", "a b:1", "::1", ":1", "a"})
    void endpointsWrittenAsAMapAreBarelyLookedAt(String address) {
        var parsed = parser.parse(key("upstreams/1"), bytes("{\"nodes\":{\"" + address + "\":1}}"));

        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"127.0.0.1:80\":-1}",
                "{\"127.0.0.1:80\":0.5}",
                "[{\"host\":\"127.0.0.1\",\"port\":80,\"weight\":-1}]",
            })
    void weightsAreWholeAndNotNegative(String nodes) {
        var parsed = parser.parse(key("upstreams/1"), bytes("{\"nodes\":" + nodes + "}"));

        assertThat(parsed).isInstanceOf(Parsed.Refused.class);
    }

    @Test
    void secretsDoNotPrint() throws IOException {
        var given = read("golden/secret_vault.in.json");

        var parsed = parser.parse(key("secrets/vault/1"), given.get("value"));

        assertThat(parsed).hasToString("Accepted[resource=Secret[secrets/vault/1]]");
    }

    private static String golden(String name, String text) throws IOException {
        var file = GOLDEN.resolve(name + ".out.txt");
        if (Objects.equals(System.getProperty("golden"), "write")) {
            Files.writeString(file, text);
        }
        return Files.readString(file);
    }

    private static JsonNode read(String file) throws IOException {
        try (InputStream stream = ResourceParserTest.class.getResourceAsStream(file)) {
            return JSON.readTree(stream);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ResourceKey key(String path) {
        return ResourceKey.ofPath(path).orElseThrow();
    }
}
