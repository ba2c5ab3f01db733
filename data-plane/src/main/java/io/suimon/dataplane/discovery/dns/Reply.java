package io.suimon.dataplane.discovery.dns;

import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.util.ArrayList;
import java.util.List;

/** What servers said to a question. */
sealed interface Reply {

    /**
     * An answer; one without answers says that there is nothing of this kind.
     *
     * @param additional what the server thinks is asked for next
     */
    record Said(List<Entry> answers, List<Entry> additional) implements Reply {

        public Said {
            answers = List.copyOf(answers);
            additional = List.copyOf(additional);
        }

        static Said of(DnsResponse response) {
            return new Said(section(response, DnsSection.ANSWER), section(response, DnsSection.ADDITIONAL));
        }

        private static List<Entry> section(DnsResponse response, DnsSection section) {
            var entries = new ArrayList<Entry>();
            for (int i = 0; i < response.count(section); i++) {
                var entry = Entry.of(response.recordAt(section, i));
                if (entry != null) {
                    entries.add(entry);
                }
            }
            return entries;
        }
    }

    /**
     * No server did.
     *
     * @param silent whether the last one said nothing at all
     */
    record Failed(String reason, boolean silent) implements Reply {}
}
