package io.suimon.engine.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.engine.http.DescribedRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExpressionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                     | /        | true
            [["arg_a","==","1"]]                                   | /?a=1    | true
            [["arg_a","==","1"]]                                   | /?a=2    | false
            [["arg_a","1"]]                                        | /?a=1    | true
            [["arg_a",1]]                                          | /?a=1.0  | true
            [["arg_a","==",1]]                                     | /?a=01   | true
            [["arg_a","==",16]]                                    | /?a=0x10 | true
            [["arg_a","==",100]]                                   | /?a=1e2  | true
            [["arg_a","==",1]]                                     | /?a=+1+  | true
            [["arg_a","==",1]]                                     | /?a=x    | false
            [["arg_a","==",1]]                                     | /?a=1d   | false
            [["arg_a","==",1]]                                     | /?a=     | false
            [["arg_a","==",1]]                                     | /        | false
            [["arg_a","==",true]]                                  | /?a      | true
            [["arg_a","==",true]]                                  | /?a=true | false
            [["arg_a","==","true"]]                                | /?a      | false
            [["arg_a","==",1]]                                     | /?a      | false
            [["arg_a","==",null]]                                  | /        | true
            [["arg_a",null]]                                       | /        | true
            [["arg_a","==",null]]                                  | /?a=     | false
            [["arg_a","==",["1"]]]                                 | /?a=1    | false
            [["arg_a","~=","1"]]                                   | /?a=1    | false
            [["arg_a","~=","1"]]                                   | /?a=2    | true
            [["arg_a","~=","1"]]                                   | /        | true
            [["arg_a","~=",1]]                                     | /?a=x    | true
            [["arg_a","~=",1]]                                     | /?a=1    | false
            [["arg_a","~=",null]]                                  | /        | false
            [["arg_a","~=",null]]                                  | /?a=1    | true
            [["arg_a",">",10]]                                     | /?a=11   | true
            [["arg_a",">","10"]]                                   | /?a=9    | false
            [["arg_a",">",10]]                                     | /?a=10   | false
            [["arg_a",">=",10]]                                    | /?a=10   | true
            [["arg_a","<",10]]                                     | /?a=-1   | true
            [["arg_a","<=",10]]                                    | /?a=10.1 | false
            [["arg_a","<",10]]                                     | /?a=x    | false
            [["arg_a","<",10]]                                     | /        | false
            [["arg_a",">",0]]                                      | /?a=Infinity | false
            [["arg_a","!","<",10]]                                 | /?a=x    | true
            [["arg_a","~~","^b+$"]]                                | /?a=bb   | true
            [["arg_a","~~","b"]]                                   | /?a=abc  | true
            [["arg_a","~~","B"]]                                   | /?a=abc  | false
            [["arg_a","~*","B"]]                                   | /?a=abc  | true
            [["arg_a","~~",""]]                                    | /        | false
            [["arg_a","~~","("]]                                   | /?a=(    | false
            [["arg_a","~~","(?P<x>b)\\\\1"]]                       | /?a=bb   | true
            [["arg_a","~~","^[[:digit:]]{2}$"]]                    | /?a=12   | true
            [["arg_a","~~","^.{2}$"]]                              | /?a=%C3%A9 | true
            [["arg_a","!","~~","b"]]                               | /?a=a    | true
            [["arg_a","in",["1","2"]]]                             | /?a=2    | true
            [["arg_a","in",[1]]]                                   | /?a=1    | false
            [["arg_a","in","1"]]                                   | /?a=1    | false
            [["arg_a","in",[]]]                                    | /?a=1    | false
            [["arg_a","IN",[true]]]                                | /?a      | true
            [["arg_a","in",[null]]]                                | /        | false
            [["arg_a","!","in",["1","2"]]]                         | /?a=3    | true
            [["arg_a","!","in",["1","2"]]]                         | /?a=1    | false
            [["arg_a","has","1"]]                                  | /?a=1    | false
            [["remote_addr","ipmatch","10.0.0.0/8"]]               | /        | true
            [["remote_addr","IPMATCH",["1.1.1.1","10.1.0.0/16"]]]  | /        | true
            [["remote_addr","!","ipmatch",["10.1.0.0/16"]]]        | /        | false
            [["arg_a","ipmatch","::/0"]]                           | /?a=fe80::1 | true
            [["arg_a","ipmatch","::/0"]]                           | /?a=x    | false
            [["arg_a","ipmatch","::/0"]]                           | /        | false
            [["arg_a","1"],["arg_b","2"]]                          | /?a=1&b=2 | true
            [["arg_a","1"],["arg_b","2"]]                          | /?a=1&b=3 | false
            [[["arg_a","1"],["arg_b","2"]],["arg_c","3"]]          | /?a=1&b=2&c=3 | true
            ["OR",["arg_a","1"],["arg_b","2"]]                     | /?b=2    | true
            ["or",["arg_a","1"],["arg_b","2"]]                     | /?b=1    | false
            [["OR",["arg_a","1"],["arg_b","2"]]]                   | /?b=2    | true
            [["arg_c","3"],["OR",["arg_a","1"],["arg_b","2"]]]     | /?b=2    | false
            ["AND",["arg_a","1"],["arg_b","2"]]                    | /?a=1&b=2 | true
            ["And",["arg_a","1"],["arg_b","2"]]                    | /?a=1    | false
            ["!AND",["arg_a","1"],["arg_b","2"]]                   | /?a=1    | true
            ["!AND",["arg_a","1"],["arg_b","2"]]                   | /?a=1&b=2 | false
            ["!OR",["arg_a","1"],["arg_b","2"]]                    | /        | true
            ["!or",["arg_a","1"],["arg_b","2"]]                    | /?b=2    | false
            ["OR",[["arg_a","1"],["arg_b","2"]],["arg_c","3"]]     | /?a=1&b=2 | true
            [["arg_a","==","$arg_b"]]                              | /?a=x&b=x | false
            [["arg_a","==","é"]]                                   | /?a=%C3%A9 | true
            [["arg_a","~~","^é$"]]                                 | /?a=%C3%A9 | true
            """)
    void holdsWhen(String expression, String target, boolean holds) throws Exception {
        var exchange =
                DescribedRequest.get(target).host("a.com").from("10.1.2.3").exchange();

        assertThat(compile(expression).test(exchange)).isEqualTo(holds);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["arg_a","==","b"]             | rule should be wrapped inside brackets
            ["x"]                          | rule should be wrapped inside brackets
            [1]                            | rule should be wrapped inside brackets
            {"a":1}                        | rule should be wrapped inside brackets
            [["a","xx","b"]]               | invalid operator 'xx'
            [["a",5,"b"]]                  | invalid operator '5'
            [["a","!","b"]]                | invalid operator '!'
            [["a","!","xx","b"]]           | invalid operator 'xx'
            [["a"]]                        | invalid expression
            [["a","=="]]                   | invalid expression
            [["a","!"]]                    | invalid expression
            [["a","ipmatch"]]              | invalid expression
            [[1,"==",2]]                   | invalid expression
            [["a","!","==","b","c"]]       | invalid expression
            [["a","b"],"c"]                | invalid expression
            [["a","==","==","b"]]          | bad 'not' expression
            [[]]                           | rule too short
            [["a","b"],[]]                 | rule too short
            ["OR",["a","b"]]               | rule too short
            ["OR"]                         | rule too short
            [["!and",["a","b"]]]           | rule too short
            [["a","ipmatch","x"]]          | invalid ip address: x
            [["a","ipmatch",["::1","y"]]]  | invalid ip address: y
            [["a","~~","(?R)"]]            | pcre2_compile() failed: recursion is not supported in "(?R)"
            [["post_arg.a[","==","b"]]     | invalid expression "$.a[" near "["
            [["post_arg.","==","b"]]       | invalid expression "$." near "."
            [["post_arg.a..","==","b"]]    | invalid expression "$.a.." near "."
            """)
    void refusesWithTheTextClientsKnow(String expression, String text) {
        assertThatThrownBy(() -> compile(expression))
                .isInstanceOfSatisfying(
                        InvalidExpressionException.class,
                        refused -> assertThat(refused.text())
                                .isEqualTo("failed to validate the 'vars' expression: " + text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[\"post_arg.a\",\"==\",\"1\"]]",
                "[[\"graphql_name\",\"==\",\"1\"]]",
                "[\"OR\",[\"uri\",\"/\"],[\"post_arg_a\",\"!\",\"==\",\"1\"]]"
            })
    void knowsThatItReadsTheBody(String expression) throws Exception {
        assertThat(compile(expression).readsBody()).isTrue();
    }

    @Test
    void readsNoBodyWhereNoVariableDoes() throws Exception {
        assertThat(compile("[[\"uri\",\"/\"],[\"arg_a\",\"in\",[\"post_arg.a\"]]]")
                        .readsBody())
                .isFalse();
    }

    @ParameterizedTest(name = "{0}: reads {1}")
    @CsvSource({"AND, 1", "OR, 2", "!AND, 1", "!OR, 2"})
    void looksNoFurtherThanNeeded(String operator, int reads) throws Exception {
        var count = new AtomicInteger();
        var expression = compile("[\"" + operator + "\",[\"first\",\"~~\",\"1\"],[\"second\",\"~~\",\"1\"]]");
        var exchange = DescribedRequest.get("/").exchange();
        exchange.variable("first", counting(count));
        exchange.variable("second", counting(count));

        expression.test(exchange);

        assertThat(count).hasValue(reads);
    }

    @Test
    @Timeout(60)
    void givesUpOnRegularExpressionsThatBacktrackForEver() throws Exception {
        var expression = compile("[[\"arg_a\",\"~~\",\"^(x+x+)+y$\"]]");
        var exchange = DescribedRequest.get("/?a=" + "x".repeat(5000)).exchange();

        assertThat(expression.test(exchange)).isFalse();
    }

    private static Object counting(AtomicInteger count) {
        return new Number() {
            private static final long serialVersionUID = 1L;

            @Override
            public int intValue() {
                return 0;
            }

            @Override
            public long longValue() {
                return 0;
            }

            @Override
            public float floatValue() {
                return 0;
            }

            @Override
            public double doubleValue() {
                count.incrementAndGet();
                return 0;
            }
        };
    }

    private static Expression compile(String json) throws InvalidExpressionException {
        return Expression.compile(tree(json));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
