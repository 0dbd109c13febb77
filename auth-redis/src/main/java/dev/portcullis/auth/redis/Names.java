package dev.portcullis.auth.redis;

import dev.portcullis.auth.SHA256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/** What things are called in Redis. The scripts make the same names. */
final class Names {

    private final String prefix;

    Names(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    String session(String hash) {
        return prefix + "session:" + hash;
    }

    String sessionID(UUID id) {
        return prefix + "session-id:" + id;
    }

    String sessionsOfAccount(String account) {
        return prefix + "account-sessions:" + account;
    }

    String sessionsOfKey(UUID keyID) {
        return prefix + "key-sessions:" + keyID;
    }

    String account(String account) {
        return prefix + "account:" + account;
    }

    String claim(SHA256 owner, SHA256 thing) {
        return prefix + "claim:" + hex(owner) + ":" + hex(thing);
    }

    String changes() {
        return prefix + "changes";
    }

    static String hex(SHA256 hash) {
        return HexFormat.of().formatHex(hash.toBytes());
    }

    static SHA256 hash(String hex) {
        return SHA256.ofHashed(HexFormat.of().parseHex(hex));
    }

    /** Whether text comes back as it was sent: half a character would silently become a question mark. */
    static boolean canBeStored(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /**
     * The same text.
     *
     * @throws IllegalArgumentException if it cannot be stored
     */
    static String checked(String text) {
        if (!canBeStored(text)) {
            throw new IllegalArgumentException("A text with half a character cannot be stored");
        }
        return text;
    }
}
