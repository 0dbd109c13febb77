package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.Idempotency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a client knows: which changes it asked for, and which of them were answered. Keys have numbers here, and all else
 * about them follows from that, so that two processes speak of the same ones.
 */
final class Ledger {

    private final Set<Integer> issued = ConcurrentHashMap.newKeySet();
    private final Set<Integer> revoked = ConcurrentHashMap.newKeySet();
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    static APIKey key(int number) {
        return Keys.some()
                .id(new UUID(7L << 12, Long.MIN_VALUE | number))
                .hash(hash("key " + number))
                .owner("owner " + number % 5)
                .build();
    }

    private static SHA256 hash(String text) {
        return SHA256.of(SecretText.of(text));
    }

    static AddResult issue(APIKeyStore store, int number) {
        Idempotency once = new Idempotency(hash("once " + number), hash("request"), Keys.NOW.plusSeconds(86_400));
        return store.add(key(number), new AddTerms(1_000_000, once), Keys.ISSUE);
    }

    static void revoke(APIKeyStore store, int number) {
        assertThat(store.revoke(key(number).id(), Keys.REVOKE)).isNotNull();
    }

    void trying(String change) {
        pending.add(change);
    }

    void answered(String change) {
        pending.remove(change);
        int number = number(change);
        (change.startsWith("issue") ? issued : revoked).add(number);
    }

    private static int number(String change) {
        return Integer.parseInt(change.substring(change.indexOf(' ') + 1));
    }

    int answered() {
        return issued.size() + revoked.size();
    }

    /**
     * Compares with what is there. Changes that were not answered may be there or not; they are asked for again, as a
     * client would, and must then be there once.
     */
    void check(APIKeyStore store) {
        assertAllThere(store);
        for (String change : pending) {
            int number = number(change);
            if (change.startsWith("issue")) {
                assertThat(issue(store, number))
                        .isIn(
                                new AddResult.Added(),
                                new AddResult.Repeated(key(number).id()));
            } else {
                revoke(store, number);
            }
            answered(change);
        }
        assertAllThere(store);
        assertNoneTwice(store);
    }

    private void assertAllThere(APIKeyStore store) {
        Set<Integer> lost = new TreeSet<>();
        issued.stream().filter(number -> store.find(key(number).hash()) == null).forEach(lost::add);
        assertThat(lost).as("issued, and lost").isEmpty();
        revoked.stream()
                .filter(number ->
                        Objects.requireNonNull(store.get(key(number).id())).revokedAt() == null)
                .forEach(lost::add);
        assertThat(lost).as("revoked, and alive again").isEmpty();
    }

    private void assertNoneTwice(APIKeyStore store) {
        Map<UUID, Integer> issues = new HashMap<>();
        Map<UUID, Integer> revocations = new HashMap<>();
        long before = Long.MAX_VALUE;
        List<AuditRecord> page = store.audit(null, before, 1000);
        while (!page.isEmpty()) {
            for (AuditRecord record : page) {
                (record.action() == AuditAction.ISSUE ? issues : revocations).merge(record.keyID(), 1, Integer::sum);
            }
            page = store.audit(null, page.get(page.size() - 1).number(), 1000);
        }
        assertThat(issues.values()).hasSize(issued.size()).allMatch(times -> times == 1);
        assertThat(revocations.values()).hasSize(revoked.size()).allMatch(times -> times == 1);
        assertThat(countKeys(store)).isEqualTo(issued.size());
    }

    private static int countKeys(APIKeyStore store) {
        int count = 0;
        UUID before = null;
        List<APIKey> page = store.list(null, before, 1000);
        while (!page.isEmpty()) {
            count += page.size();
            page = store.list(null, page.get(page.size() - 1).id(), 1000);
        }
        return count;
    }
}
