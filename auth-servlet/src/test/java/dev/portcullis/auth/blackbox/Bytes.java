package dev.portcullis.auth.blackbox;

import java.nio.charset.StandardCharsets;

/** Texts as they go over the wire. */
final class Bytes {

    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
