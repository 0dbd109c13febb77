package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.KeyChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written down of changes. A part of {@link APIKeyStoreContract}. */
interface KeyAuditContract extends StoreUnderTest {

    private static List<AuditRecord> all(APIKeyStore store) {
        List<AuditRecord> records = new ArrayList<>(store.audit(null, Long.MAX_VALUE, 10_000));
        Collections.reverse(records);
        return records;
    }

    /** Who, when, from where, what, which key, whose: of every kind of change, in order. */
    @Test
    default void every_change_leaves_its_record() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().build();
        APIKey successor = SampleKeys.plain().build();
        APIKey imported = SampleKeys.plain().owner("account-2").build();
        store.add(key, AddTerms.any(), SampleKeys.note(AuditAction.ISSUE));
        store.addAll(List.of(imported), SampleKeys.note(AuditAction.IMPORT));
        store.change(key.id(), KeyChange.nothing().name("New"), SampleKeys.note(AuditAction.CHANGE));
        store.rotate(key.id(), successor, SampleKeys.START, 9, SampleKeys.note(AuditAction.ROTATE));
        store.revoke(successor.id(), SampleKeys.note(AuditAction.LEAK_REVOCATION));
        store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE));
        store.delete(imported.id(), SampleKeys.note(AuditAction.DELETE));

        List<AuditRecord> records = all(store);
        assertThat(records)
                .extracting(AuditRecord::action)
                .containsExactly(
                        AuditAction.ISSUE,
                        AuditAction.IMPORT,
                        AuditAction.CHANGE,
                        AuditAction.ROTATE,
                        AuditAction.ISSUE,
                        AuditAction.LEAK_REVOCATION,
                        AuditAction.REVOKE,
                        AuditAction.DELETE);
        assertThat(records)
                .extracting(AuditRecord::keyID)
                .containsExactly(
                        key.id(),
                        imported.id(),
                        key.id(),
                        key.id(),
                        successor.id(),
                        successor.id(),
                        key.id(),
                        imported.id());
        assertThat(records).allSatisfy(record -> {
            assertThat(record.at()).isEqualTo(SampleKeys.START);
            assertThat(record.by()).isEqualTo(SampleKeys.ALICE);
            assertThat(record.owner()).isEqualTo(record.keyID().equals(imported.id()) ? "account-2" : "account-1");
        });
        assertThat(records).extracting(AuditRecord::number).isSorted().doesNotHaveDuplicates();
    }

    /** "There is no record without its change." */
    @Test
    default void what_changes_nothing_leaves_no_record() {
        APIKeyStore store = newStore();
        APIKey key = SampleKeys.plain().scopes(Set.of("a", "b")).build();
        SampleKeys.put(store, key);
        store.touch(key.id(), SampleKeys.START);
        store.change(key.id(), KeyChange.nothing(), SampleKeys.note(AuditAction.CHANGE));
        store.change(
                key.id(),
                KeyChange.nothing().name(key.name()).scopes(List.of("b", "a")),
                SampleKeys.note(AuditAction.CHANGE));
        store.addAll(List.of(key), SampleKeys.note(AuditAction.IMPORT));
        assertThat(all(store)).hasSize(1);
        store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE));
        store.revoke(key.id(), SampleKeys.note(AuditAction.REVOKE));
        store.revoke(key.id(), SampleKeys.note(AuditAction.LEAK_REVOCATION));
        assertThat(all(store)).hasSize(2);
    }

    /** One record for each key, not for each call. */
    @Test
    default void many_keys_leave_many_records() {
        APIKeyStore store = newStore();
        List<APIKey> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            keys.add(SampleKeys.plain().build());
        }
        store.addAll(keys, SampleKeys.note(AuditAction.ISSUE));
        assertThat(all(store))
                .extracting(AuditRecord::keyID)
                .containsExactlyInAnyOrderElementsOf(
                        keys.stream().map(APIKey::id).toList());
    }

    /** Records are told apart by owner, stay when the key is deleted, and come in pages, the latest first. */
    @Test
    default void records_are_listed_by_owner_in_pages() {
        APIKeyStore store = newStore();
        List<APIKey> keys = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            APIKey key = SampleKeys.plain().owner(i % 2 == 0 ? "a" : "A").build();
            keys.add(key);
            SampleKeys.put(store, key);
            store.delete(key.id(), SampleKeys.note(AuditAction.DELETE));
        }
        List<AuditRecord> seen = new ArrayList<>();
        long before = Long.MAX_VALUE;
        List<AuditRecord> page = store.audit("a", before, 3);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            seen.addAll(page);
            assertThat(seen).as("pages come to an end").hasSizeLessThan(1000);
            before = page.get(page.size() - 1).number();
            SampleKeys.put(store, SampleKeys.plain().owner("a").build());
            page = store.audit("a", before, 3);
        }
        Collections.reverse(seen);
        assertThat(seen)
                .extracting(AuditRecord::keyID)
                .containsExactly(
                        keys.get(0).id(), keys.get(0).id(),
                        keys.get(2).id(), keys.get(2).id(),
                        keys.get(4).id(), keys.get(4).id(),
                        keys.get(6).id(), keys.get(6).id(),
                        keys.get(8).id(), keys.get(8).id());
        assertThat(seen).extracting(AuditRecord::number).isSorted().doesNotHaveDuplicates();
        assertThat(store.audit("nobody", Long.MAX_VALUE, 10)).isEmpty();
        assertThat(store.audit(null, seen.get(0).number(), 10)).isEmpty();
    }

    /** Actors' texts come back as they were given, up to their greatest length. */
    @Test
    default void actors_are_given_back_exactly() {
        APIKeyStore store = newStore();
        List<Actor> actors = List.of(
                new Actor("n".repeat(255), "2001:db8::1%eth0"),
                new Actor("\ud83d\udd11".repeat(255), "\u00e9".repeat(255)),
                new Actor(" auth0|'; drop table api_key; -- ", " "),
                new Actor("\u202eright to left", "<b>&amp;</b>"));
        for (Actor actor : actors) {
            APIKey key = SampleKeys.plain().build();
            store.add(key, AddTerms.any(), new AuditNote(AuditAction.ISSUE, actor, SampleKeys.START));
            assertThat(store.audit(null, Long.MAX_VALUE, 1).get(0).by()).isEqualTo(actor);
        }
    }
}
