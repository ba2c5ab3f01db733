package io.suimon.controlplane.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A block of IP addresses: {@code 10.0.0.0/8}, {@code ::1}. Immutable. */
public final class AddressBlock {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final byte[] network;
    private final int prefixLength;

    private AddressBlock(byte[] network, int prefixLength) {
        this.network = network;
        this.prefixLength = prefixLength;
    }

    /**
     * Reads an address or a block.
     *
     * @throws IllegalArgumentException when it is neither; names are not looked up
     */
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        var network = addressOf(slash < 0 ? text : text.substring(0, slash), text);
        int bits = network.length * Byte.SIZE;
        return new AddressBlock(network, slash < 0 ? bits : prefixLength(text.substring(slash + 1), bits, text));
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit += Byte.SIZE) {
            int unused = Math.max(0, bit + Byte.SIZE - prefixLength);
            if ((bytes[bit / Byte.SIZE] & 0xff) >> unused != (network[bit / Byte.SIZE] & 0xff) >> unused) {
                return false;
            }
        }
        return true;
    }

    private static byte[] addressOf(String address, String text) {
        if (!LITERAL.matcher(address).matches()) {
            throw refusal(text);
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw refusal(text);
        }
    }

    private static int prefixLength(String digits, int bits, String text) {
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > bits) {
            throw refusal(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException refusal(String text) {
        return new IllegalArgumentException(text + " (expected: an IP address or a block such as 10.0.0.0/8)");
    }
}
