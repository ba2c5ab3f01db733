package io.suimon.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessEndTest {

    private final List<String> said = new ArrayList<>();
    private final ProcessEnd end = new ProcessEnd(
            said::add,
            (text, failure) -> said.add(text + "; " + failure),
            cause -> cause instanceof ArithmeticException ? Optional.of("a port is taken") : Optional.empty(),
            status -> said.add("status " + status));

    @Test
    void aProcessThatWasToldToEndSaysNothing() {
        exit(143, null);

        assertThat(said).containsExactly("status 143");
    }

    @Test
    void whatAPersonCanPutRightIsOneLineAndAFailure() {
        exit(0, new InvalidSettingException("suimon.a.port", 70_000, "0..65535"));

        assertThat(said).containsExactly("suimon.a.port: 70000 (expected: 0..65535)", "status 1");
    }

    @Test
    void whatOnlyThisProcessKnowsIsAskedFor() {
        exit(0, new ArithmeticException("x"));

        assertThat(said).containsExactly("a port is taken", "status 1");
    }

    @Test
    void aDefectIsShownWhole() {
        exit(0, new NullPointerException("x"));

        assertThat(said)
                .containsExactly("cannot start: this is a defect; java.lang.NullPointerException: x", "status 1");
    }

    private void exit(int code, @Nullable Throwable failure) {
        end.exit(code, failure);
    }
}
