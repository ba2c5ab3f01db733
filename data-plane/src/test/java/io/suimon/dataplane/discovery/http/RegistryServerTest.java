package io.suimon.dataplane.discovery.http;

import io.suimon.process.InvalidSettingException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RegistryServerTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "http://127.0.0.1:8500,       http://127.0.0.1:8500, , ",
        "https://consul.example,      https://consul.example, , ",
        "http://[::1]:8500/,          http://[::1]:8500, , ",
        "http://h:1/a/b/,             http://h:1/a/b, , ",
        "http://me:secret@h:1,        http://h:1, me, secret",
        "http://me:p%40ss+%3A@h:1,    http://h:1, me, p@ss+:",
        "http://me@h:1,               http://h:1, me, ''",
    })
    void readsUrlsWithAndWithoutUsers(String text, String url, String user, String password) {
        var server = RegistryServer.parse("host", List.of(text)).getFirst();

        assertThat(server.url()).isEqualTo(url);
        assertThat(server.login()).isEqualTo(user == null ? null : new RegistryServer.Login(user, password));
        assertThat(server.toString() + server.login()).doesNotContain("secret", "p@ss");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "h:8500",
                "ftp://h:1",
                "http://",
                "http://h:0",
                "http://h:65536",
                "http://h:1?q=1",
                "http://h:1#f",
                "http://me:secret@",
                "http://me:secret@h:x",
                "http://me:se%zzcret@h:1",
                "http://a b:1",
                "http:h:1"
            })
    void refusesWhatIsNoUrlWithoutShowingAPassword(String text) {
        assertThatThrownBy(() -> RegistryServer.parse("the.setting", List.of(text)))
                .isInstanceOf(InvalidSettingException.class)
                .message()
                .startsWith("the.setting: ")
                .endsWith(" (expected: http[s]://[user:password@]host[:port][/path])")
                .doesNotContain("secret", "cret");
    }
}
