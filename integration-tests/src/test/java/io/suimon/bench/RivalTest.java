package io.suimon.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RivalTest {

    private static final List<String> NAMES = List.of(
            "folder",
            "certificate",
            "key",
            "certificateAndKey",
            "port",
            "tlsPort",
            "originPort",
            "bodiesPort",
            "echoPort",
            "grpcPort",
            "maxConnections");

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nginx   | nginx version: nginx/1.22.1                                        | 1.22.1",
                "HAProxy | HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/ | 2.6.12",
                "Envoy   | envoy  version: 0a1b/1.31.2/Clean/RELEASE/BoringSSL                | 1.31.2",
                "Traefik | Version:      3.1.4                                                | 3.1.4",
            })
    void theVersionIsReadFromWhatItSays(String name, String said, String version) {
        var rival = all().filter(each -> each.name().equals(name)).findFirst().orElseThrow();

        var match = rival.version().matcher(said);

        assertThat(match.find()).isTrue();
        assertThat(match.group(1)).isEqualTo(version);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void everythingInItsConfigurationIsFilledIn(Rival rival) throws Exception {
        var values = NAMES.stream().collect(java.util.stream.Collectors.toMap(name -> name, name -> "0"));

        for (var template : rival.templates()) {
            var written = Template.write(template, folder, values);

            assertThat(Files.readString(written)).doesNotContainPattern("\\{\\w+}");
        }
    }

    static Stream<Rival> all() {
        return Stream.concat(Stream.of(Rival.NGINX, Rival.HAPROXY), Rival.IF_THERE.stream());
    }
}
