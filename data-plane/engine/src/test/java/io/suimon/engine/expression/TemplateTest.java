package io.suimon.engine.expression;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.text.WireText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateTest {

    @ParameterizedTest(name = "{0} -> {1}, {2} resolved")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain                     | plain          | 0
            ``                        | ``             | 0
            $arg_a                    | 1              | 1
            x$arg_a-$arg_b            | x1-two         | 2
            ${arg_a}x                 | 1x             | 1
            ${ arg_a }x               | 1x             | 1
            $arg_ax                   | ``             | 0
            $uri?$args                | /p?a=1&b=two&c | 2
            ${arg_z ?? none}          | none           | 1
            ${arg_z??}                | ``             | 1
            ${arg_a ?? none}          | 1              | 1
            a${arg_z}b                | ab             | 0
            \\$arg_a                  | \\$arg_a       | 0
            \\${arg_a}$arg_a          | \\${arg_a}1    | 1
            \\\\$arg_a                | \\\\$arg_a     | 0
            $$arg_a                   | $1             | 1
            5$ ${                     | 5$ ${          | 0
            ${arg-a}                  | ${arg-a}       | 0
            $http_x_y                 | h, i           | 1
            $arg_c                    | true           | 1
            $some.dotted.name         | dotted         | 1
            $arg_a$arg_a              | 11             | 2
            é$arg_a                   | é1             | 1
            """)
    void rendersVariables(String template, String text, int resolved) {
        var exchange = DescribedRequest.get("/p?a=1&b=two&c")
                .header("X-Y", "h")
                .header("x-y", "i")
                .exchange();
        exchange.variable("some.dotted.name", "dotted");

        var rendered = Template.parse(template.replace("\\\\", "\\")).rendered(exchange);

        assertThat(rendered).isEqualTo(new Template.Rendered(WireText.of(text.replace("\\\\", "\\")), resolved));
    }

    @Test
    void knowsWhetherItIsConstant() {
        assertThat(Template.parse("a\\$b$").isConstant()).isTrue();
        assertThat(Template.parse("a$b").isConstant()).isFalse();
        assertThat(Template.parse("a$b").readsBody()).isFalse();
        assertThat(Template.parse("a$post_arg.b").readsBody()).isTrue();
    }
}
