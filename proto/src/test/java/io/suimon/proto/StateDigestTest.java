package io.suimon.proto;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class StateDigestTest {

    @Property(tries = 300)
    void doesNotDependOnOrder(@ForAll @UniqueElements List<String> ids, @ForAll long seed) {
        var shuffled = new ArrayList<>(ids);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(digestOf(shuffled)).isEqualTo(digestOf(ids));
    }

    @Property(tries = 300)
    void removingWhatWasAddedRestoresTheDigest(@ForAll @UniqueElements List<String> ids, @ForAll String other) {
        var before = digestOf(ids);

        var after = before.plus("services", other, 7, json(other)).minus("services", other, 7, json(other));

        assertThat(after).isEqualTo(before);
    }

    @Test
    void everyPartOfAResourceCounts() {
        var digest = StateDigest.EMPTY.plus("routes", "1", 5, json("{}"));

        assertThat(List.of(
                        StateDigest.EMPTY.plus("service", "1", 5, json("{}")),
                        StateDigest.EMPTY.plus("routes", "2", 5, json("{}")),
                        StateDigest.EMPTY.plus("routes", "1", 6, json("{}")),
                        StateDigest.EMPTY.plus("routes", "1", 5, json("{ }")),
                        StateDigest.EMPTY.plus("route", "s1", 5, json("{}"))))
                .doesNotHaveDuplicates()
                .doesNotContain(digest);
    }

    @Test
    void isTheSameInEveryVersion() {
        assertThat(StateDigest.EMPTY.plus("routes", "1", 5, json("{}")))
                .hasToString("f99f8643192ae631229eb86e363835ef");
    }

    @Property(tries = 100)
    void travelsUnchanged(@ForAll long high, @ForAll long low) {
        var digest = new StateDigest(high, low);

        assertThat(StateDigest.of(digest.toMessage())).isEqualTo(digest);
    }

    private static StateDigest digestOf(List<String> ids) {
        var digest = StateDigest.EMPTY;
        for (var id : ids) {
            digest = digest.plus("routes", id, id.length(), json(id));
        }
        return digest;
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }
}
