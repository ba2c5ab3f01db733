package io.suimon.engine.http;

import io.suimon.engine.net.IpLiteral;
import io.suimon.engine.text.WireText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DescribedRequestTest {

    @Test
    void becomesWhatAListenerWouldHaveRead() {
        var exchange = DescribedRequest.of("POST", "/a/../b%20c?x=1&y=%2B")
                .host("A.Example.:8080")
                .header("X-One", "1")
                .header("x-one", "zwei: é")
                .from("2001:db8::1")
                .https()
                .body("{}")
                .exchange();

        var request = exchange.request();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/a/../b%20c?x=1&y=%2B");
        assertThat(request.path().text()).isEqualTo("/b c");
        assertThat(request.query()).isEqualTo("x=1&y=%2B");
        assertThat(request.host()).isEqualTo("a.example");
        assertThat(request.headers().first(HeaderName.HOST)).isEqualTo("A.Example.:8080");
        assertThat(request.headers().all(HeaderName.of("X-ONE"))).containsExactly("1", WireText.of("zwei: é"));
        assertThat(request.headers().first(HeaderName.CONTENT_LENGTH)).isEqualTo("2");
        assertThat(exchange.requestBody()).isEqualTo(WireText.bytes("{}"));
        assertThat(exchange.clientAddress()).isEqualTo(IpLiteral.parse("2001:db8::1"));
        assertThat(exchange.connection().tls()).isTrue();
    }

    @ParameterizedTest(name = "{0}, Host {1}: host {2}, path {3}, query {4}")
    @CsvSource({
        "http://B.com/x?q=1,     a.com,    b.com,  /x,   q=1",
        "http://b.com:80/x,      a.com,    b.com,  /x,",
        "http://b.com,           a.com,    b.com,  /,",
        "http://b.com?q,         a.com,    b.com,  /,    q",
        "/x#part?q=1,            a.com,    a.com,  /x,",
        "/x?q=1#part,            a.com,    a.com,  /x,   q=1",
        "/?u=http://z.com/,      a.com.:1, a.com,  /,    u=http://z.com/",
        "/,                      [::1]:80, [::1],  /,",
    })
    void hostAndPathComeFromTheTargetFirst(String target, String field, String host, String path, String query) {
        var request = DescribedRequest.get(target).host(field).exchange().request();

        assertThat(request.host()).isEqualTo(host);
        assertThat(request.path().text()).isEqualTo(path);
        assertThat(request.query()).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "x", "", "/..", "/a/../..", "/%2e%2E/", "/%", "/%4", "/%zz", "/%00", "?x"})
    void refusesTargetsThatNoRouteCouldMatch(String target) {
        var described = DescribedRequest.get(target).host("a.com");

        assertThatThrownBy(described::exchange)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target: " + target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a/b", "[::1", ":80"})
    void refusesHostsThatNameNone(String host) {
        var described = DescribedRequest.get("/").host(host);

        assertThatThrownBy(described::exchange).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTextThatBreaksOutOfItsLine() {
        var described = DescribedRequest.get("/");

        assertThatThrownBy(() -> described.header("X", "a\r\nEvil: 1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> described.header("X: y", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DescribedRequest.get("/ HTTP/1.1")).isInstanceOf(IllegalArgumentException.class);
    }
}
