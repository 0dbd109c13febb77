package dev.portcullis.auth.blackbox;

import java.nio.charset.StandardCharsets;

/** Texts as they go over the wire. */
final class Bytes {

    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A text in UTF-8, one character for each byte. */
    static String wire(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
