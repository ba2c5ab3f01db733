package io.suimon.engine.balance;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.resource.Upstream.Balancing;
import io.suimon.engine.resource.Upstream.Balancing.HashOn;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HashKeyTest {

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "VARS,              uri,                  /p",
        "VARS,              arg_user,             anna",
        "VARS,              http_x_user,          bob",
        "VARS,              arg_nobody,           ",
        "HEADER,            X-User,               bob", // the same value as that of the variable, and so the same node
        "HEADER,            x-nobody,             ",
        "COOKIE,            sid,                  42",
        "COOKIE,            nobody,               ",
        "CONSUMER,          ,                     jack",
        "VARS_COMBINATIONS, $arg_user$cookie_sid, anna42",
        "VARS_COMBINATIONS, $arg_user-$arg_none,  anna-",
        "VARS_COMBINATIONS, $arg_none$arg_nobody, ", // nothing of it is known
    })
    void isTheValueOfWhatIsHashedOn(HashOn hashOn, String key, String expected) {
        var exchange = DescribedRequest.get("/p?user=anna")
                .header("X-User", "bob")
                .header("Cookie", "a=b; sid=42")
                .exchange();
        exchange.authenticated(new AuthenticatedConsumer("jack", null, null, null, Map.of()));

        var value = HashKey.of(new Balancing("chash", hashOn, key)).of(exchange);

        assertThat(value).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"CONSUMER", "VARS"})
    void nobodyKnownIsNoValue(HashOn hashOn) {
        var exchange = DescribedRequest.get("/").exchange();

        assertThat(HashKey.of(new Balancing("chash", hashOn, null)).of(exchange))
                .isNull();
    }
}
