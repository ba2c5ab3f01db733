package io.suimon.bench.load;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class H2loadOutputTest {

    @Test
    void figuresAreThoseItSaysAndLatenciesThoseOfItsLog() throws Exception {
        var answered = H2loadOutput.parse(Captured.text("h2load.txt"), Captured.file("h2load-log.txt"));

        assertThat(answered).isEqualTo(new Answered(11_302, 59_312, 86_385, 22_604));
    }

    @Test
    void whatWasNotAnsweredAsExpectedIsAFailure() {
        assertThatThrownBy(() ->
                        H2loadOutput.parse(Captured.text("h2load-not-found.txt"), Captured.file("h2load-log.txt")))
                .isInstanceOf(FailedLoadException.class)
                .hasMessageContaining("5353 failed")
                .hasMessageContaining("5353 4xx");
    }

    @Test
    void somethingElseIsAFailureThatShowsIt() {
        assertThatThrownBy(() -> H2loadOutput.parse("Segmentation fault", Captured.file("h2load-log.txt")))
                .isInstanceOf(FailedLoadException.class)
                .hasMessageContaining("Segmentation fault");
    }
}
