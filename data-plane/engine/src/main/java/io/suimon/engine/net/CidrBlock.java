package io.suimon.engine.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * A block of IP addresses: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address. Immutable.
 *
 * <p>IPv4 and IPv6 do not mix: {@code ::/0} holds no IPv4 address. An IPv4 address inside an IPv6 one counts as IPv4, on both sides.
 */
public final class CidrBlock {

    private final String text;
    private final byte[] network;
    private final int prefix;

    private CidrBlock(String text, byte[] network, int prefix) {
        this.text = text;
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads an address or a block; bits behind the prefix are ignored.
     *
     * @throws IllegalArgumentException when it is neither; the message names the text
     */
    @JsonCreator
    public static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = IpLiteral.bytes(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw invalid(text);
        }
        int bits = network.length * 8;
        if (slash < 0) {
            return new CidrBlock(text, network, bits);
        }
        int written = text.indexOf(':') < 0 ? bits : 128;
        int prefix = prefix(text, slash + 1, written) - (written - bits); // ::ffff:10.0.0.0/104 is 10.0.0.0/8
        if (prefix < 0) {
            throw invalid(text);
        }
        return new CidrBlock(text, network, prefix);
    }

    private static int prefix(String text, int from, int max) {
        int value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i - from == 3) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return from == text.length() || value > max ? -1 : value;
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("invalid ip address: " + text);
    }

    /** Whether the address is in the block. */
    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    /**
     * Whether the address is in the block.
     *
     * @param address 4 or 16 bytes
     */
    public boolean contains(byte[] address) {
        int offset = address.length == 16 && IpLiteral.isMapped(address) ? 12 : 0;
        if (address.length - offset != network.length) {
            return false;
        }
        int whole = prefix >> 3;
        for (int i = 0; i < whole; i++) {
            if (address[offset + i] != network[i]) {
                return false;
            }
        }
        int rest = prefix & 7;
        return rest == 0 || (address[offset + whole] ^ network[whole]) >> (8 - rest) == 0;
    }

    /** Whether the address is in one of the blocks. */
    public static boolean anyContains(List<CidrBlock> blocks, InetAddress address) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CidrBlock that
                && prefix == that.prefix
                && text.equals(that.text)
                && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
