package io.suimon.bench.admin;

import io.suimon.bench.admin.AdminOptions.Store;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AdminOptionsTest {

    private static final Path ROOT = Path.of("/checkout");

    @Test
    void withoutOptionsBothStoresAreMeasuredWithAHundredThousandRoutes() {
        var options = AdminOptions.parse(List.of(), ROOT);

        assertThat(options)
                .isEqualTo(new AdminOptions(
                        List.of(Store.EMBEDDED, Store.ETCD),
                        100_000,
                        5,
                        Path.of("/checkout/docs/benchmarks-admin.md")));
    }

    @Test
    void everyOptionIsTaken() {
        var arguments = List.of("--store", "etcd", "--routes", "200", "--seconds", "1", "--output", "/there.md");

        var options = AdminOptions.parse(arguments, ROOT);

        assertThat(options).isEqualTo(new AdminOptions(List.of(Store.ETCD), 200, 1, Path.of("/there.md")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--store   | redis   | --store: redis (expected: embedded, etcd or both)",
                "--routes  | 199     | --routes: 199 (expected: 200..1000000)",
                "--routes  | 1000001 | --routes: 1000001 (expected: 200..1000000)",
                "--routes  | many    | --routes: many (expected: 200..1000000)",
                "--seconds | 0       | --seconds: 0 (expected: 1..60)",
                "--seconds | 61      | --seconds: 61 (expected: 1..60)",
                "--output  | ''      | --output: nothing (expected: a file in a folder that exists)",
                "--stores  | etcd    | --stores: unknown option (see ./suimon bench admin --help)",
            })
    void wrongOptionsAreNamedWithWhatWasExpected(String option, String value, String message) {
        assertThatThrownBy(() -> AdminOptions.parse(List.of(option, value), ROOT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
