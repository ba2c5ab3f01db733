package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.suimon.dataplane.http1.Http1Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerStreamTest {

    @Test
    void aResponseOfWhichNothingWasTakenYetHasItsTimeFromWhenThatWasFirstSeen() {
        var stream = new ServerStream(new ResponseHeads(Http1Limits.DEFAULT), () -> {}, () -> {});
        var channel = new EmbeddedChannel(stream);
        long now = TimeUnit.DAYS.toNanos(1);

        var unused = channel.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
        var givenUp = List.of(
                stream.giveUpStalled(channel, now, 10),
                stream.giveUpStalled(channel, now + 10, 10),
                stream.giveUpStalled(channel, now + 11, 10));

        assertThat(givenUp).containsExactly(false, false, true);
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 2              | hi                         | 200, hi, end",
                "Content-Length: 0              | ''                         | 200, end",
                "Transfer-Encoding: chunked     | 2~hi~0~~                   | 200, hi, end",
                "Transfer-Encoding: chunked     | 2~hi~1~x~0~~               | 200, hi, x, end",
                "Transfer-Encoding: chunked     | 2~hi~0~T: 1~~              | 200, hi, {t: 1}, end",
                "Transfer-Encoding: chunked     | 0~~                        | 200, end",
            })
    void whatEndsTheResponseIsItsLastFrame(String framing, String body, String expected) {
        var channel = new EmbeddedChannel(new ServerStream(new ResponseHeads(Http1Limits.DEFAULT), () -> {}, () -> {}));

        channel.writeOutbound(bytes("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n" + body.replace("~", "\r\n")));

        assertThat(String.join(", ", frames(channel))).isEqualTo(expected);
        channel.finishAndReleaseAll();
    }

    @Test
    void aHeadThatComesInPartsIsNotMixedWithThoseOfOtherStreams() {
        var heads = new ResponseHeads(Http1Limits.DEFAULT);
        var slow = new EmbeddedChannel(new ServerStream(heads, () -> {}, () -> {}));
        var other = new EmbeddedChannel(new ServerStream(heads, () -> {}, () -> {}));

        slow.writeOutbound(bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Cre"));
        other.writeOutbound(bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\nn"));
        slow.writeOutbound(bytes("ated\r\nContent-Length: 1\r\n"));
        slow.writeOutbound(bytes("\r\ny"));

        assertThat(frames(slow)).containsExactly("100", "201", "y", "end");
        assertThat(frames(other)).containsExactly("404", "n", "end");
        slow.finishAndReleaseAll();
        other.finishAndReleaseAll();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    /** Statuses, contents and fields behind a body; and where it was said that nothing follows. */
    private static List<String> frames(EmbeddedChannel channel) {
        var frames = new ArrayList<String>();
        for (Object frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            boolean last;
            if (frame instanceof Http2HeadersFrame head) {
                var status = head.headers().status();
                frames.add(status == null ? "{t: " + head.headers().get("t") + "}" : status.toString());
                last = head.isEndStream();
            } else {
                var data = (Http2DataFrame) frame;
                frames.add(data.content().toString(StandardCharsets.US_ASCII));
                last = data.isEndStream();
                data.release();
            }
            if (last) {
                frames.add("end");
            }
        }
        return frames;
    }
}
