package dev.portcullis.auth.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script that Redis runs in one step. It is known there by the SHA-1 of its text. */
final class Script {

    private final String text;
    private final String digest;

    private Script(String text) {
        this.text = text;
        this.digest = digestOf(text);
    }

    static Script of(String... parts) {
        return new Script(String.join("\n", parts));
    }

    private static String digestOf(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every platform has SHA-1", e);
        }
    }

    String text() {
        return text;
    }

    String digest() {
        return digest;
    }
}
