package io.suimon.dataplane.discovery.eureka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.dataplane.discovery.http.AnswerJson;
import io.suimon.dataplane.discovery.http.HttpAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code apps} or {@code apps/delta} said.
 *
 * @param hash how many instances have which status, with all changes made; empty where it is not said
 * @param changes in their order; of {@code apps}, instances that were added
 */
record ApplicationsAnswer(String hash, List<Change> changes) {

    private static final String EXPECTED = "{\"applications\": {\"application\": [{\"name\", \"instance\": []}]}}";

    /** What happened to an instance. */
    record Change(String application, Instance instance, boolean isDeleted) {}

    /** Reads one application after the other, so that not all of a large answer is in memory as JSON. */
    static ApplicationsAnswer of(HttpAnswer answer, int weight) throws IOException {
        answer.orFail();
        return AnswerJson.walk(answer, parser -> new Walk(answer, parser, weight).read());
    }

    private static final class Walk {

        private final HttpAnswer answer;
        private final JsonParser parser;
        private final int weight;
        private final List<Change> changes = new ArrayList<>();
        private String hash = "";
        private boolean seen;

        Walk(HttpAnswer answer, JsonParser parser, int weight) {
            this.answer = answer;
            this.parser = parser;
            this.weight = weight;
        }

        ApplicationsAnswer read() throws IOException {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                if (name.equals("applications")) {
                    applications();
                } else {
                    parser.skipChildren();
                }
            }
            require(seen);
            return new ApplicationsAnswer(hash, List.copyOf(changes));
        }

        private void applications() throws IOException {
            require(parser.currentToken() == JsonToken.START_OBJECT);
            seen = true;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var token = parser.nextToken();
                if (name.equals("apps__hashcode") && token == JsonToken.VALUE_STRING) {
                    hash = parser.getText();
                } else if (name.equals("application") && token == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        application();
                    }
                } else if (name.equals("application") && token == JsonToken.START_OBJECT) {
                    application(); // a list of one, as some versions write it
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void application() throws IOException {
            require(parser.currentToken() == JsonToken.START_OBJECT);
            JsonNode application = parser.readValueAsTree();
            var name = application.path("name");
            require(name.isTextual());
            var instances = application.path("instance");
            var listed = instances.isObject() ? List.of(instances) : instances;
            for (var json : listed) {
                var instance = Instance.of(json, weight);
                require(instance.isPresent());
                changes.add(new Change(
                        name.textValue().toUpperCase(Locale.ROOT),
                        instance.get(),
                        json.path("actionType").asText().equals("DELETED")));
            }
        }

        private void require(boolean met) throws IOException {
            if (!met) {
                throw answer.failure("an answer that is no list of applications", EXPECTED);
            }
        }
    }
}
