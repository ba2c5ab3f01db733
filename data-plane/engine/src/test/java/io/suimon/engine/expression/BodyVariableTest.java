package io.suimon.engine.expression;

import io.suimon.engine.http.DescribedRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BodyVariableTest {

    private static final String STORE = """
            {"user":{"name":"ada","age":36,"tags":["x","y"],"admin":true,"none":null},
             "items":[{"id":1,"sku":"a"},{"id":2,"sku":"b","deep":{"sku":"c"}}],"a.b":"dotted"}""";

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', nullValues = "absent", textBlock = """
            post_arg.user.name       | ada
            post_arg.user.age        | 36
            post_arg.user.admin      | true
            post_arg.user.none       | absent
            post_arg.user.other      | absent
            post_arg.user.name.deep  | absent
            post_arg.a.b             | absent
            post_arg.user.tags       | ["x","y"]
            post_arg.items[0].sku    | ["a"]
            post_arg.items[-1].sku   | ["b"]
            post_arg.items[5].sku    | absent
            post_arg.items[*].id     | [1,2]
            post_arg.items.*.id      | [1,2]
            post_arg.items..sku      | ["a","b","c"]
            post_arg...sku           | ["a","b","c"]
            post_arg.items[0:1].sku  | ["a"]
            post_arg.items[1:].sku   | ["b"]
            post_arg.["a.b"]         | ["dotted"]
            post_arg.user["name"]    | ["ada"]
            post_arg.user[name]      | absent
            post_arg_user            | absent
            """)
    void findsValuesInJson(String name, String value) {
        var exchange = DescribedRequest.of("POST", "/")
                .header("Content-Type", "application/json; charset=utf-8")
                .body(STORE)
                .exchange();

        assertThat(Variable.of(name).text(exchange)).isEqualTo(value);
    }

    @Test
    void typesOfJsonAreKept() {
        var exchange = DescribedRequest.of("POST", "/")
                .header("Content-Type", "application/json")
                .body(STORE)
                .exchange();

        assertThat(Variable.of("post_arg.user.age").value(exchange)).isEqualTo(36);
        assertThat(Variable.of("post_arg.user.admin").value(exchange)).isEqualTo(true);
        assertThat(Variable.of("post_arg.user.tags").value(exchange)).isEqualTo(List.of("x", "y"));
        assertThat(Variable.of("post_arg.items[0]").value(exchange)).isEqualTo(List.of(Map.of("id", 1, "sku", "a")));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', nullValues = "absent", textBlock = """
            post_arg_name   | a b
            post_arg_flag   | true
            post_arg_other  | absent
            post_arg.name   | ["a b","c"]
            post_arg.x.y    | 1
            """)
    void findsFieldsOfForms(String name, String value) {
        var exchange = DescribedRequest.of("POST", "/")
                .header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
                .body("name=a+b&name=c&flag&x.y=1")
                .exchange();

        assertThat(Variable.of(name).text(exchange)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', nullValues = "absent", textBlock = """
            post_arg.name   | ada
            post_arg.file   | line one
            post_arg.empty  | ''
            post_arg.last   | absent
            post_arg_name   | absent
            """)
    void findsPartsOfMultipartForms(String name, String value) {
        var exchange = DescribedRequest.of("POST", "/")
                .header("Content-Type", "multipart/form-data; boundary=XX")
                .body(String.join(
                        "\r\n",
                        "--XX",
                        "Content-Disposition: form-data; name=\"name\"",
                        "",
                        "ada",
                        "--XX",
                        "Content-Type: text/plain",
                        "Content-Disposition: form-data; filename=\"f.txt\"; name=\"file\"",
                        "",
                        "line one",
                        "--XX",
                        "Content-Disposition: form-data; name=\"empty\"",
                        "",
                        "",
                        "--XX",
                        "Content-Disposition: form-data; name=\"last\"",
                        "",
                        "cut off"))
                .exchange();

        assertThat(Variable.of(name).text(exchange)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "{\"a\":1}x", "nul", "[\"a\"]", "\"a\"", "{\"b\":1}", "{\"a\":null}"})
    void isAbsentWhereTheBodyHasNoSuchField(String body) {
        assertThat(field("post_arg.a", "application/json", body)).isNull();
    }

    @Test
    void isAbsentForOtherTypes() {
        assertThat(field("post_arg.a", "text/plain", "{\"a\":1}")).isNull();
        assertThat(field("post_arg.a", "multipart/form-data", "a=1")).isNull();
    }

    @Test
    @Timeout(60)
    void bodiesMadeToBeLargeInMemoryHaveNoFields() {
        assertThat(field("post_arg.a", "application/json", "{\"a\":[" + "1,".repeat(300_000) + "1]}"))
                .isNull();
        assertThat(field("post_arg.a", "application/json", "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isNull();
        assertThat(field("post_arg..*..*..*", "application/json", "[" + "[[[[1,1]]]],".repeat(20_000) + "1]"))
                .isNull();
        assertThat(field("post_arg.a", "application/x-www-form-urlencoded", "b&".repeat(1_000_000) + "a=1"))
                .isNull();
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "absent", textBlock = """
            query { a b }                                        | query    | ``   | ["a","b"]
            { a b }                                              | query    | ``   | ["a","b"]
            mutation M { x: create(in: {n: "}"}) { id } y }      | mutation | M    | ["create","y"]
            query Q($a: [Int!]! = [1]) @d(x: 1) { a @e { b } c } | query    | Q    | ["a","c"]
            subscription S { on { id } }                         | subscription | S | ["on"]
            query A { a } query B { b }                          | query    | A    | ["a"]
            fragment F on T { f } query A { ...F ... on T { z } a } | query | A   | ["a"]
            # note } \n { a, b }                                 | query    | ``   | ["a","b"]
            { a(s: \"\"\"x\\\"\"\"}\"\"\") { n } b }             | query    | ``   | ["a","b"]
            { a                                                  | absent   | absent | absent
            { }                                                  | absent   | absent | absent
            { a } }                                              | absent   | absent | absent
            { a(b: [1) }                                         | absent   | absent | absent
            ``                                                   | absent   | absent | absent
            nonsense { a }                                       | absent   | absent | absent
            { a } %                                              | absent   | absent | absent
            """)
    void tellsTheFirstOperationOfGraphql(String document, String operation, String name, String fields) {
        var exchange = DescribedRequest.of("POST", "/graphql")
                .body(document.replace("\\n", "\n"))
                .exchange();

        assertThat(Variable.of("graphql_operation").text(exchange)).isEqualTo(operation);
        assertThat(Variable.of("graphql_name").text(exchange)).isEqualTo(name);
        assertThat(Variable.of("graphql_root_fields").text(exchange)).isEqualTo(fields);
    }

    @Test
    void graphqlIsFoundInTheQueryOrInJson() {
        var get = DescribedRequest.get("/graphql?query=query%20Q%7Ba%7D").exchange();
        var json = DescribedRequest.of("POST", "/graphql")
                .header("Content-Type", "application/json")
                .body("{\"query\":\"query Q{a}\"}")
                .exchange();
        var otherJson = DescribedRequest.of("POST", "/graphql")
                .header("Content-Type", "application/json; charset=utf-8")
                .body("{\"query\":\"query Q{a}\"}")
                .exchange();

        assertThat(Variable.of("graphql_name").value(get)).isEqualTo("Q");
        assertThat(Variable.of("graphql_root_fields").value(json)).isEqualTo(List.of("a"));
        assertThat(Variable.of("graphql_name").value(otherJson)).isNull();
    }

    private static @Nullable Object field(String name, String type, String body) {
        var exchange = DescribedRequest.of("POST", "/")
                .header("Content-Type", type)
                .body(body)
                .exchange();
        return Variable.of(name).value(exchange);
    }
}
