package io.suimon.dataplane.http2;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.suimon.dataplane.http1.Http1Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerStreamTest {

    @Test
    void aResponseOfWhichNothingWasTakenYetHasItsTimeFromWhenThatWasFirstSeen() {
        var stream = new ServerStream(Http1Limits.DEFAULT, () -> {}, () -> {});
        var channel = new EmbeddedChannel(stream);
        long now = TimeUnit.DAYS.toNanos(1);

        var unused = channel.write(
                Unpooled.copiedBuffer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", StandardCharsets.US_ASCII));
        var givenUp = List.of(
                stream.giveUpStalled(channel, now, 10),
                stream.giveUpStalled(channel, now + 10, 10),
                stream.giveUpStalled(channel, now + 11, 10));

        assertThat(givenUp).containsExactly(false, false, true);
        channel.finishAndReleaseAll();
    }
}
