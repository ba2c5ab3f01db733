package io.suimon.engine.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiterString = " ~ ", quoteCharacter = '`', textBlock = """
            {"type":"string"} ~ 1 ~ wrong type: expected string, got number
            {"type":"string"} ~ null ~ wrong type: expected string, got userdata
            {"type":"object"} ~ [1] ~ wrong type: expected object, got table
            {"type":"array"} ~ {"a":1} ~ wrong type: expected array, got table
            {"type":"integer"} ~ 1.5 ~ wrong type: expected integer, got number
            {"type":["string","integer"]} ~ true ~ wrong type: expected one of string, integer, got boolean
            {"required":["x"]} ~ {} ~ property "x" is required
            {"required":["connect","send","read"]} ~ {} ~ property "read" is required
            {"properties":{"x":{"type":"string"}}} ~ {"x":1} ~ property "x" validation failed: wrong type: expected string, got number
            {"additionalProperties":false} ~ {"x":1} ~ additional properties forbidden, found x
            {"patternProperties":{"^a":{"type":"string"}}} ~ {"ab":1} ~ failed to validate ab (matching "^a"): wrong type: expected string, got number
            {"additionalProperties":{"type":"string"}} ~ {"x":1} ~ failed to validate additional property x: wrong type: expected string, got number
            {"dependencies":{"a":["b"]}} ~ {"a":1} ~ property "b" is required when "a" is set
            {"dependencies":{"a":{"required":["b"]}}} ~ {"a":1} ~ failed to validate dependent schema for "a": property "b" is required
            {"minProperties":1} ~ {} ~ expect object to have at least 1 properties
            {"maxProperties":1} ~ {"a":1,"b":2} ~ expect object to have at most 1 properties
            {"items":{"type":"string"}} ~ ["a",1] ~ failed to validate item 2: wrong type: expected string, got number
            {"minItems":1} ~ [] ~ expect array to have at least 1 items
            {"maxItems":1} ~ [1,2] ~ expect array to have at most 1 items
            {"uniqueItems":true} ~ [3,1,{"a":1,"b":[]},1.0] ~ expected unique items but items 2 and 4 are equal
            {"uniqueItems":true} ~ [{"a":1,"b":2},{"b":2.0,"a":1}] ~ expected unique items but items 1 and 2 are equal
            {"contains":{"const":1}} ~ [2] ~ contains no item that matches the schema
            {"minLength":2} ~ "é" ~ string too short, expected at least 2, got 1
            {"maxLength":1} ~ "ab" ~ string too long, expected at most 1, got 2
            {"pattern":"^\\\\S+$"} ~ "b c" ~ failed to match pattern "^\\\\S+$" with "b c"
            {"pattern":"^a$"} ~ "a\\t1\\r" ~ failed to match pattern "^a$" with "a\\0091\\13"
            {"minimum":0} ~ -1 ~ expected -1 to be at least 0
            {"minimum":0} ~ -0.00001234 ~ expected -1.234e-05 to be at least 0
            {"maximum":599} ~ 1e20 ~ expected 1e+20 to be at most 599
            {"exclusiveMinimum":0} ~ 0 ~ expected 0 to be greater than 0
            {"exclusiveMaximum":0.5} ~ 0.75 ~ expected 0.75 to be smaller than 0.5
            {"multipleOf":3} ~ 10 ~ expected 10 to be a multiple of 3
            {"enum":[1,0]} ~ 2 ~ matches none of the enum values
            {"const":"a"} ~ "b" ~ failed to check const value
            {"format":"ipv4"} ~ "127.0.0.256" ~ expect valid ipv4 format but got: 127.0.0.256
            {"format":"ipv6"} ~ "1::2::3" ~ expect valid ipv6 format but got: 1::2::3
            {"allOf":[true,{"type":"string"}]} ~ 1 ~ allOf 2 failed: wrong type: expected string, got number
            {"anyOf":[{"type":"string"},{"type":"null"}]} ~ 1 ~ object matches none of the required
            {"anyOf":[{"required":["a"]},{"required":["a","b"]}]} ~ {} ~ object matches none of the required: ["a"] or ["a","b"]
            {"oneOf":[{"type":"string"},{"type":"null"}]} ~ 1 ~ value should match only one schema, but matches none
            {"oneOf":[{"type":"null"},{"minimum":0},{"type":"integer"}]} ~ 1 ~ value should match only one schema, but matches both schemas 2 and 3
            {"if":{"minimum":5},"then":{"type":"integer"}} ~ 5.5 ~ then clause did not match
            {"if":{"minimum":5},"else":{"type":"integer"}} ~ 1.5 ~ else clause did not match
            {"not":{"type":"integer"}} ~ 1 ~ value wasn't supposed to match schema
            """)
    void saysWhatIsWrongInTheWordsOfApisix(String schema, String value, String message) {
        var findings = schema(schema).validate(json(value));

        assertThat(findings.getFirst().message()).isEqualTo(message);
    }

    @ParameterizedTest(name = "{0} takes {1}")
    @CsvSource(delimiterString = " ~ ", quoteCharacter = '`', textBlock = """
            {"type":"integer"} ~ 1.0
            {"type":"integer"} ~ 1e3
            {"type":"object","additionalProperties":false} ~ []
            {"type":"array"} ~ {}
            {"type":"string","maxLength":3} ~ "$secret://vault/1/a"
            {"type":"string","enum":["a"]} ~ "$env://NAME"
            {"pattern":"^a"} ~ "$ENV://NAME"
            {"anyOf":[{"type":"integer"}]} ~ "$secret://vault/1/a"
            {"maxLength":1} ~ "😀"
            {"minLength":100} ~ 5
            {"enum":[1]} ~ 1.0
            {"pattern":"[[&]"} ~ "["
            {"pattern":"^[0-9-_.]+$"} ~ "1-_."
            {"format":"ipv4"} ~ "10.0.0.255"
            {"format":"ipv6"} ~ "::ffff:127.0.0.1"
            {"format":"ipv6"} ~ "fe80::1"
            {"format":"uri"} ~ "anything"
            {"if":{"minimum":5},"then":false} ~ 1
            """)
    void takesWhatApisixTakes(String schema, String value) {
        var findings = schema(schema).validate(json(value));

        assertThat(findings).isEmpty();
    }

    @Test
    void aReferenceToASecretIsNoWayAroundOtherTypes() {
        var findings = schema("{\"type\":\"integer\"}").validate(json("\"$secret://vault/1/a\""));

        assertThat(findings).hasSize(1);
    }

    @Test
    void aLineFeedAtTheEndIsNoWayAroundAnAnchoredPattern() {
        var findings = schema("{\"pattern\":\"^a$\"}").validate(json("\"a\\n\""));

        assertThat(findings).hasSize(1);
    }

    @Test
    void tellsEveryFindingWithItsPointer() {
        var schema = schema("""
                {"properties": {"a/b": {"items": {"type": "string"}}, "c": {"required": ["d"]}},
                 "allOf": [{"properties": {"e": false}}]}""");

        var findings = schema.validate(json("{\"a/b\": [1, \"x\", 2], \"c\": {}, \"e\": 1}"));

        assertThat(findings).extracting(JsonSchema.Finding::pointer).containsExactly("/a~1b/0", "/a~1b/2", "/c", "/e");
    }

    @Test
    void stopsTellingAtTheLimit() {
        var items = Collections.nCopies(10_000, "1").toString();

        var findings = schema("{\"items\":{\"type\":\"string\"}}").validate(json(items));

        assertThat(findings).hasSize(Findings.LIMIT);
    }

    @ParameterizedTest(name = "{0} completes {1} to {2}")
    @CsvSource(delimiterString = " ~ ", quoteCharacter = '`', textBlock = """
            {"properties":{"a":{"default":1}}} ~ {} ~ {"a":1}
            {"properties":{"a":{"default":1}}} ~ {"a":2} ~ {"a":2}
            {"properties":{"a":{"properties":{"b":{"default":1}}}}} ~ {} ~ {}
            {"properties":{"a":{"properties":{"b":{"default":1}}}}} ~ {"a":{}} ~ {"a":{"b":1}}
            {"properties":{"a":{"default":{},"properties":{"b":{"default":1}}}}} ~ {} ~ {"a":{"b":1}}
            {"properties":{"a":{"type":"object","properties":{"b":{"default":1}}}}} ~ {"a":[]} ~ {"a":{"b":1}}
            {"properties":{"a":{"items":{"properties":{"b":{"default":1}}}}}} ~ {"a":[{},{"b":2}]} ~ {"a":[{"b":1},{"b":2}]}
            {"anyOf":[{"required":["x"],"properties":{"a":{"default":1}}},{"properties":{"b":{"default":2}}}]} ~ {} ~ {"b":2}
            {"oneOf":[{"required":["x"],"properties":{"a":{"default":1}}},{"properties":{"b":{"default":2}}}]} ~ {} ~ {"b":2}
            {"properties":{"p":{"default":"local"}},"if":{"properties":{"p":{"enum":["redis"]}}},"then":{"required":["host"]}} ~ {} ~ {"p":"local"}
            {"required":["a"],"properties":{"a":{"default":1}}} ~ {} ~ {"a":1}
            """)
    void fillsInDefaultsBeforeItJudges(String schema, String value, String completed) {
        var checked = schema(schema).check(json(value));

        assertThat(checked).isEqualTo(new JsonSchema.Checked(List.of(), json(completed)));
    }

    @Test
    void leavesTheValueItIsGivenAlone() {
        var value = (ObjectNode) json("{\"a\":{}}");

        var completed = schema("{\"properties\":{\"a\":{\"properties\":{\"b\":{\"default\":1}}}}}")
                .withDefaults(value);

        assertThat(value).isEqualTo(json("{\"a\":{}}")).isNotEqualTo(completed);
    }

    @Test
    void aTextTooLongForTheExpressionDoesNotMatchIt() {
        var hostile = "\"" + "a,".repeat(500_000) + "\"";

        var findings = schema("{\"pattern\":\"^(\\\\w,|b)*$\"}").validate(json(hostile));

        assertThat(findings).hasSize(1);
    }

    @Test
    @Timeout(60)
    void aTextThatTheExpressionWouldTakeForEverOverDoesNotMatchIt() {
        var hostile = "\"" + "x".repeat(5_000) + "\"";

        var findings = schema("{\"pattern\":\"^(x+x+)+y$\"}").validate(json(hostile));

        assertThat(findings).hasSize(1);
    }

    @Test
    void refusesAPatternThatIsNone() {
        assertThatThrownBy(() -> schema("{\"pattern\":\"(\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pattern: ( (expected: a regular expression)");
    }

    @Test
    void loadsAFileWithTheFilesItRefersTo() {
        var schema = JsonSchema.load(JsonSchemaTest.class, "fixtures/outer.json");

        assertThat(schema.json())
                .isEqualTo(json(
                        "{\"properties\":{\"a\":{\"type\":\"string\",\"maxLength\":5,\"description\":\"ours\"}}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "fixtures/absent.json, no such resource",
        "fixtures/misspelt.json, maxLenght: (expected: a keyword of JSON Schema)",
        "fixtures/endless.json, refers to itself",
    })
    void refusesFilesThatAreNoSchemas(String file, String reason) {
        assertThatThrownBy(() -> JsonSchema.load(JsonSchemaTest.class, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static JsonSchema schema(String text) {
        return JsonSchema.of(json(text));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
