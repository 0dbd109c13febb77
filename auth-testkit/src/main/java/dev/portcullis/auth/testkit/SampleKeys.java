package dev.portcullis.auth.testkit;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Keys to try a store with. */
final class SampleKeys {

    static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");

    /** Texts that careless storing would change: by trimming, folding, normalising, escaping or cutting. */
    static final List<String> TEXTS = List.of(
            "x",
            " leading and trailing ",
            "'; drop table api_key; --",
            "\"quoted\" \\ back\\slash % _ {} ${x} <b>&amp;</b>",
            "tab\t newline\n return\r bell\u0007 escape\u001b delete\u007f next line\u0085",
            "caf\u00e9 is not cafe\u0301",
            "\u00c5ngstr\u00f6m \u212bngstrom stra\u00dfe STRASSE",
            "\u0130stanbul \u0131 I i",
            "\ud83d\udd11 \ud83d\udc69\u200d\ud83d\udcbb",
            "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd",
            "\ufeffbyte order mark \ufffd \uffff",
            "n".repeat(100),
            "\ud83d\udd11".repeat(100));

    private SampleKeys() {}

    /** A new key without anything that can be left out. */
    static APIKeyBuilder plain() {
        return APIKey.builder()
                .id(UUID.randomUUID())
                .hash(newHash())
                .owner("account-1")
                .name("A key")
                .keyPrefix("grd_live_0123abcd")
                .createdAt(START.minusSeconds(86_400));
    }

    /** A new key with everything. */
    static APIKeyBuilder full() {
        return plain().keyPrefix("acme2_test_ffffffff")
                .scopes(Set.of("catalog:read", "holdings:read"))
                .lastUsedAt(START.minusSeconds(3600))
                .expiresAt(START.plusSeconds(3600))
                .revokedAt(START.minusSeconds(60));
    }

    static SHA256 newHash() {
        return SHA256.of(SecretText.of(UUID.randomUUID().toString()));
    }
}
