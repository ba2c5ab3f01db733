package io.suimon.engine.plugins.responserewrite;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** How a body is taken out of its content coding. */
enum ContentDecoding {
    NONE,
    GZIP,
    BROTLI,
    /** Such a body cannot be read. */
    UNKNOWN;

    private static final int STEP = 8192;

    static ContentDecoding of(@Nullable String contentEncoding) {
        return switch (contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> NONE;
            case "gzip", "x-gzip" -> GZIP;
            case "br" -> BROTLI;
            default -> UNKNOWN;
        };
    }

    /** At most so many bytes of what the body says; of a torn one, what can be read. */
    byte[] decode(byte[] body, int most) {
        return switch (this) {
            case NONE -> body;
            case GZIP -> read(GZIPInputStream::new, body, most);
            case BROTLI -> read(BrotliInputStream::new, body, most);
            case UNKNOWN -> new byte[0];
        };
    }

    /** Opens a decoder, which may read ahead. */
    private interface Opening {
        InputStream open(InputStream coded) throws IOException;
    }

    private static byte[] read(Opening opening, byte[] body, int most) {
        byte[] decoded = new byte[Math.min(most, Math.max(STEP, body.length))];
        int length = 0;
        try (var stream = opening.open(new ByteArrayInputStream(body))) {
            while (length < most) {
                if (length == decoded.length) {
                    decoded = Arrays.copyOf(decoded, (int) Math.min(most, decoded.length * 2L));
                }
                int read = stream.read(decoded, length, decoded.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
            }
        } catch (IOException torn) {
            return Arrays.copyOf(decoded, length);
        }
        return Arrays.copyOf(decoded, length);
    }
}
