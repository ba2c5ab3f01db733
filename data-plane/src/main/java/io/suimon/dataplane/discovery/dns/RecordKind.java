package io.suimon.dataplane.discovery.dns;

import io.netty.handler.codec.dns.DnsRecordType;
import io.suimon.process.InvalidSettingException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** What a name is asked for. */
enum RecordKind {
    /** The kind there was the last time. */
    LAST,
    SRV,
    A,
    AAAA,
    CNAME;

    private static final String SETTING = "suimon.discovery.dns.order";

    /** What a server is asked. */
    DnsRecordType type() {
        return switch (this) {
            case SRV -> DnsRecordType.SRV;
            case A -> DnsRecordType.A;
            case AAAA -> DnsRecordType.AAAA;
            case CNAME -> DnsRecordType.CNAME;
            case LAST -> throw new IllegalStateException("last is no kind of its own");
        };
    }

    /**
     * The kinds of a setting, in their order.
     *
     * @throws InvalidSettingException when they are no such list
     */
    static List<RecordKind> parse(List<String> texts) {
        var kinds = texts.stream().map(text -> parse(text.strip())).toList();
        boolean twice = kinds.size() != kinds.stream().distinct().count();
        if (twice || kinds.isEmpty() || kinds.equals(List.of(LAST))) {
            throw new InvalidSettingException(
                    SETTING, String.join(",", texts), "one or more of SRV, A, AAAA, CNAME, and last, each once");
        }
        return kinds;
    }

    private static RecordKind parse(String text) {
        for (var kind : EnumSet.allOf(RecordKind.class)) {
            if (kind.name().equals(text.toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new InvalidSettingException(SETTING, text, "SRV, A, AAAA, CNAME or last");
    }
}
