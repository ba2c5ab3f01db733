package io.suimon.process;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class StartUpFailureTest {

    static Stream<Arguments> whatPeopleCanPutRight() {
        return Stream.of(
                arguments(
                        new InvalidSettingException("suimon.a.port", 70_000, "0..65535"),
                        "suimon.a.port: 70000 (expected: 0..65535)"),
                arguments(
                        new IOException("suimon.a.path: /x (expected: a folder)"),
                        "suimon.a.path: /x (expected: a folder)"),
                arguments(new IllegalArgumentException("port out of range:70000"), "port out of range:70000"),
                arguments(
                        unreadable("java.lang.IllegalArgumentException: a is no number", "b is no size"),
                        "a is no number; b is no size"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("whatPeopleCanPutRight")
    void whatAPersonCanPutRightIsOneLine(Exception failure, String line) {
        var explained = explained(failure);

        assertThat(explained).contains(line);
    }

    @Test
    void causesAreLookedFor() {
        var failure = new RuntimeException("Failed to start", new UncheckedIOException(new IOException("disk full")));

        var explained = explained(failure);

        assertThat(explained).contains("disk full");
    }

    @Test
    void outermostExplanationIsTheOneThatCounts() {
        var failure = new IOException("suimon.a: cannot listen", new IOException("Address already in use"));

        var explained = explained(failure);

        assertThat(explained).contains("suimon.a: cannot listen");
    }

    @Test
    void causeWithoutMessageIsPassedOver() {
        var failure = new IOException(null, new IOException("disk full"));

        var explained = explained(failure);

        assertThat(explained).contains("disk full");
    }

    @Test
    void anythingElseIsADefect() {
        var failure = new IllegalStateException("suimon.a: who knows", new NullPointerException());

        var explained = explained(failure);

        assertThat(explained).isEmpty();
    }

    @Test
    void causesThatGoRoundInCirclesEnd() {
        var first = new RuntimeException("first");
        var second = new RuntimeException("second", first);
        first.initCause(second);

        var explained = explained(first);

        assertThat(explained).isEmpty();
    }

    @Test
    void linesAreJoined() {
        var failure = new IOException(" the folder\n\tis  gone\n");

        var explained = explained(failure);

        assertThat(explained).contains("the folder is gone");
    }

    @Test
    void processMayKnowACauseBetter() {
        var failure = new RuntimeException(new FileNotFoundException("/x"));

        var explained = StartUpFailure.explain(
                failure,
                cause -> cause instanceof FileNotFoundException ? Optional.of("there is no /x") : Optional.empty());

        assertThat(explained).contains("there is no /x");
    }

    private static ConfigValidationException unreadable(String... problems) {
        return new ConfigValidationException(
                Stream.of(problems).map(Problem::new).toArray(Problem[]::new));
    }

    private static Optional<String> explained(Throwable failure) {
        return StartUpFailure.explain(failure, cause -> Optional.empty());
    }
}
