package io.suimon.engine.balance;

/** CRC-32 (IEEE 802.3) over wire text, without an object per sum. */
final class Crc32 {

    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int[] TABLE = table();

    private Crc32() {}

    static int of(String wireText) {
        return ~update(~0, wireText);
    }

    /** The sum of a text followed by four bytes, the lowest first. */
    static int of(String wireText, int littleEndian) {
        int sum = update(~0, wireText);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            sum = update(sum, littleEndian >>> shift);
        }
        return ~sum;
    }

    private static int update(int sum, String wireText) {
        int updated = sum;
        for (int i = 0; i < wireText.length(); i++) {
            updated = update(updated, wireText.charAt(i));
        }
        return updated;
    }

    private static int update(int sum, int octet) {
        return TABLE[(sum ^ octet) & 0xFF] ^ (sum >>> Byte.SIZE);
    }

    private static int[] table() {
        var table = new int[1 << Byte.SIZE];
        for (int i = 0; i < table.length; i++) {
            int sum = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                sum = (sum & 1) == 0 ? sum >>> 1 : (sum >>> 1) ^ POLYNOMIAL;
            }
            table[i] = sum;
        }
        return table;
    }
}
