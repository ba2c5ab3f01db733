package io.suimon.dataplane.discovery.dns;

import java.util.List;

/**
 * Where aliases in an answer lead.
 *
 * @param name the last one
 * @param ttl of the aliases; as large as can be where there are none
 */
record Chain(String name, long ttl) {

    private static final int MAX_LENGTH = 16;

    /** From a name on; a circle ends somewhere. */
    static Chain from(String name, List<Entry> answers) {
        var at = new Chain(name, Long.MAX_VALUE);
        for (int i = 0; i < MAX_LENGTH; i++) {
            var next = at.next(answers);
            if (next.equals(at)) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private Chain next(List<Entry> answers) {
        for (var entry : answers) {
            if (entry instanceof Entry.Alias alias && alias.name().equals(name)) {
                return new Chain(alias.target(), Math.min(ttl, alias.ttl()));
            }
        }
        return this;
    }
}
