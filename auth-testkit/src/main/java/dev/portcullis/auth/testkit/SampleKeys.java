package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyBuilder;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
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

    static final Actor ALICE = new Actor("alice", "192.0.2.1");

    private SampleKeys() {}

    /** What is to be written down of something that is done at the start. */
    static AuditNote note(AuditAction action) {
        return note(action, START);
    }

    static AuditNote note(AuditAction action, Instant at) {
        return new AuditNote(action, ALICE, at);
    }

    /** Stores keys, whatever they are. */
    static void put(APIKeyStore store, APIKey... keys) {
        for (APIKey key : keys) {
            assertThat(store.add(key, AddTerms.any(), note(AuditAction.ISSUE))).isEqualTo(new AddResult.Added());
        }
    }

    /** A key is there, wherever it is looked for, just so. */
    static void assertStored(APIKeyStore store, APIKey key) {
        assertThat(store.find(key.hash())).isEqualTo(key);
        assertThat(store.get(key.id())).isEqualTo(key);
        assertThat(store.list(key.owner(), null, 1000)).contains(key);
    }

    /** Nothing of a key is there. */
    static void assertMissing(APIKeyStore store, APIKey key) {
        assertThat(store.find(key.hash())).isNull();
        assertThat(store.get(key.id())).isNull();
        assertThat(store.list(key.owner(), null, 1000)).extracting(APIKey::id).doesNotContain(key.id());
    }

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
                .revokedAt(START.minusSeconds(60))
                .successorID(UUID.randomUUID())
                .hashVersion(Short.MAX_VALUE)
                .allowList(AllowList.of(List.of("192.0.2.0/24", "2001:db8::1")));
    }

    static SHA256 newHash() {
        return SHA256.of(SecretText.of(UUID.randomUUID().toString()));
    }
}
