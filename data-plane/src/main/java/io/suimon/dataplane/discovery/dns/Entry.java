package io.suimon.dataplane.discovery.dns;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One record of an answer. Names are in lower case, with a dot at their end. */
sealed interface Entry {

    /** Whose it is. */
    String name();

    /** For how many seconds it is good. */
    long ttl();

    /** An address, of either family. */
    record Address(String name, long ttl, InetAddress address) implements Entry {}

    /** The name is another one's. */
    record Alias(String name, long ttl, String target) implements Entry {}

    /** A place of a service. */
    record Place(String name, long ttl, int priority, int weight, int port, String target) implements Entry {}

    /** Reads a record; null where it is of no use, or damaged. */
    static @Nullable Entry of(DnsRecord read) {
        if (!(read instanceof DnsRawRecord record) || record.dnsClass() != DnsRecord.CLASS_IN) {
            return null;
        }
        var name = lower(record.name());
        var content = record.content();
        try {
            if (isType(record, DnsRecordType.A) || isType(record, DnsRecordType.AAAA)) {
                int length = isType(record, DnsRecordType.A) ? 4 : 16;
                return content.readableBytes() == length
                        ? new Address(name, record.timeToLive(), address(content, length))
                        : null;
            }
            if (isType(record, DnsRecordType.CNAME)) {
                return new Alias(name, record.timeToLive(), target(content));
            }
            if (isType(record, DnsRecordType.SRV)) {
                int priority = content.readUnsignedShort();
                int weight = content.readUnsignedShort();
                int port = content.readUnsignedShort();
                return new Place(name, record.timeToLive(), priority, weight, port, target(content));
            }
            return null;
        } catch (CorruptedFrameException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static boolean isType(DnsRecord record, DnsRecordType type) {
        return record.type().equals(type);
    }

    private static InetAddress address(ByteBuf content, int length) {
        var bytes = new byte[length];
        content.readBytes(bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four or sixteen bytes are an address
        }
    }

    private static String target(ByteBuf content) {
        return lower(DefaultDnsRecordDecoder.decodeName(content));
    }

    private static String lower(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + '.';
    }
}
