package io.suimon.controlplane.admin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ListTextTest {

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``       | 0 | {\"total\":0,\"list\":[]}",
                "{}       | 1 | {\"total\":1,\"list\":[{}]}",
                "{};é;[1] | 7 | {\"total\":7,\"list\":[{},é,[1]]}",
            })
    void isWhatTheListWouldBeAsATree(String resources, int total, String list) {
        var text = new ListText(total);

        List.of(resources.split(";")).stream()
                .filter(json -> !json.isEmpty())
                .forEach(json -> text.add(json.getBytes(StandardCharsets.UTF_8)));

        assertThat(text.line()).asString(StandardCharsets.UTF_8).isEqualTo(list + "\n");
    }
}
