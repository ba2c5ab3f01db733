package io.suimon.bench;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JavaHeapTest {

    @Test
    void whatIsMappedBelowAndAboveIsBeside() {
        var heap = new JavaHeap(0xe0000000L, 0x100000000L);

        double mib = heap.residentBeside(List.of(
                "55d0a000-55d0b000 r--p 00000000 fe:00 17  /usr/bin/java",
                "Size:                  4 kB",
                "Rss:                1024 kB",
                "e0000000-e4d00000 rw-p 00000000 00:00 0 ",
                "Rss:               70000 kB",
                "f5580000-100000000 rw-p 00000000 00:00 0 ",
                "Rss:               20000 kB",
                "100000000-100001000 rw-p 00000000 00:00 0 ",
                "Rss:                 512 kB",
                "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]",
                "Rss:                   0 kB"));

        assertThat(mib).isEqualTo(1.5);
    }
}
