package dev.portcullis.auth.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 (RFC 4648 section 4) with one spelling of each value: neither white space nor foreign characters, and the bits
 * that are left over are zero.
 */
final class Base64Text {

    private static final Base64.Encoder PADDED = Base64.getEncoder();
    private static final Base64.Encoder UNPADDED = PADDED.withoutPadding();

    private Base64Text() {}

    static String padded(byte[] bytes) {
        return PADDED.encodeToString(bytes);
    }

    static String unpadded(byte[] bytes) {
        return UNPADDED.encodeToString(bytes);
    }

    /** What a text with padding stands for, or null unless that is exactly so many bytes. */
    static byte @Nullable [] decodePadded(String text, int length) {
        return exactly(decode(text, PADDED), length);
    }

    /** What a text without padding stands for, or null unless that is exactly so many bytes. */
    static byte @Nullable [] decodeUnpadded(String text, int length) {
        return exactly(decode(text, UNPADDED), length);
    }

    /** What a text with padding stands for, or null if it is not in its one spelling. */
    static byte @Nullable [] decodePadded(String text) {
        return decode(text, PADDED);
    }

    private static byte @Nullable [] exactly(byte @Nullable [] bytes, int length) {
        return bytes != null && bytes.length == length ? bytes : null;
    }

    private static byte @Nullable [] decode(String text, Base64.Encoder spelling) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            byte[] bytes = Base64.getDecoder().decode(ascii);
            return Arrays.equals(spelling.encode(bytes), ascii) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
