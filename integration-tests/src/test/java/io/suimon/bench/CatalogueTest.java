package io.suimon.bench;

import io.suimon.bench.load.Wrk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogueTest {

    @Test
    void noNameIsThereTwiceNorAlsoThatOfAGroup() {
        var names = Stream.concat(
                Catalogue.ALL.stream().map(Scenario::name),
                Catalogue.ALL.stream().map(Scenario::group).distinct());

        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void theHelpOfTheLauncherNamesAllCasesAndGroups() throws IOException {
        assertThat(Path.of("../deploy/local/check.sh")).content().contains(BenchOptions.known());
    }

    @Test
    void allOfThemTakeHalfAnHour() {
        var pace = new Pace(4, 3, 2);

        assertThat(pace.of(Catalogue.ALL, false)).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(32));
    }

    @Test
    void aBrowserSendsFifteenFieldsOfSomeNineHundredBytes() {
        var fields = Catalogue.ALL.stream()
                .filter(each -> each.name().equals("headers"))
                .map(each -> ((Wrk) each.load()).headers())
                .findFirst()
                .orElseThrow();
        int bytes = fields.stream().mapToInt(field -> field.length() + 2).sum();

        assertThat(fields).hasSize(14); // and the Host
        assertThat(bytes).isBetween(850, 950);
    }
}
