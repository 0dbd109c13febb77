package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.Idempotency;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How repeated requests are told from new ones. A part of {@link APIKeyStoreContract}. */
interface RepeatedRequestContract extends StoreUnderTest {

    /** The end of what is remembered from the start on. */
    Instant END = SampleKeys.START.plusSeconds(86_400);

    /** The same request does not add a second key, and is told the first one's identifier. */
    @Test
    default void a_repeated_request_adds_nothing() {
        APIKeyStore store = newStore();
        Idempotency once = new Idempotency(SampleKeys.newHash(), SampleKeys.newHash(), END);
        APIKey first = SampleKeys.plain().build();
        assertThat(add(store, first, once, SampleKeys.START)).isEqualTo(new AddResult.Added());
        for (int i = 0; i < 3; i++) {
            APIKey again = SampleKeys.plain().build();
            assertThat(add(store, again, once, SampleKeys.START.plusSeconds(i)))
                    .isEqualTo(new AddResult.Repeated(first.id()));
            SampleKeys.assertMissing(store, again);
        }
        assertThat(store.audit(null, Long.MAX_VALUE, 10)).hasSize(1);
    }

    private static AddResult add(APIKeyStore store, APIKey key, Idempotency once, Instant now) {
        return store.add(key, new AddTerms(1000, once), SampleKeys.note(AuditAction.ISSUE, now));
    }

    /** "Idempotency-Key was used with another request", and that changes nothing for the first one. */
    @Test
    default void the_same_key_with_another_request_adds_nothing() {
        APIKeyStore store = newStore();
        Idempotency once = new Idempotency(SampleKeys.newHash(), SampleKeys.newHash(), END);
        APIKey first = SampleKeys.plain().build();
        add(store, first, once, SampleKeys.START);
        APIKey other = SampleKeys.plain().build();
        Idempotency changed = new Idempotency(once.key(), SampleKeys.newHash(), END);
        assertThat(add(store, other, changed, SampleKeys.START)).isEqualTo(new AddResult.OtherRequest());
        SampleKeys.assertMissing(store, other);
        assertThat(add(store, other, once, SampleKeys.START)).isEqualTo(new AddResult.Repeated(first.id()));
    }

    /** Neither other keys nor other owners have anything to do with it. */
    @Test
    default void other_keys_and_other_owners_are_apart() {
        APIKeyStore store = newStore();
        SHA256 request = SampleKeys.newHash();
        Idempotency once = new Idempotency(SampleKeys.newHash(), request, END);
        Idempotency other = new Idempotency(SampleKeys.newHash(), request, END);
        assertThat(List.of(
                        add(store, SampleKeys.plain().build(), once, SampleKeys.START),
                        add(store, SampleKeys.plain().build(), other, SampleKeys.START),
                        add(store, SampleKeys.plain().owner("Account-1").build(), once, SampleKeys.START),
                        add(store, SampleKeys.plain().owner("account-1 ").build(), once, SampleKeys.START)))
                .containsOnly(new AddResult.Added());
        SampleKeys.put(store, SampleKeys.plain().build());
    }

    /** It counts until its time is over, by the note's clock; then the same key can be used anew. */
    @Test
    default void what_is_remembered_is_so_until_its_time_is_over() {
        APIKeyStore store = newStore();
        Idempotency once = new Idempotency(SampleKeys.newHash(), SampleKeys.newHash(), END);
        APIKey first = SampleKeys.plain().build();
        add(store, first, once, SampleKeys.START);
        APIKey second = SampleKeys.plain().build();
        assertThat(add(store, second, once, END.minusMillis(1))).isEqualTo(new AddResult.Repeated(first.id()));
        Idempotency anew = new Idempotency(once.key(), SampleKeys.newHash(), END.plusSeconds(86_400));
        assertThat(add(store, second, anew, END)).isEqualTo(new AddResult.Added());
        assertThat(add(store, SampleKeys.plain().build(), anew, END)).isEqualTo(new AddResult.Repeated(second.id()));
        assertThat(add(store, SampleKeys.plain().build(), once, END)).isEqualTo(new AddResult.OtherRequest());
    }

    /** A repetition that arrives late brings no key back, whatever became of the first one. */
    @Test
    default void a_repeated_request_adds_nothing_when_the_key_is_deleted() {
        APIKeyStore store = newStore();
        Idempotency once = new Idempotency(SampleKeys.newHash(), SampleKeys.newHash(), END);
        APIKey first = SampleKeys.plain().build();
        add(store, first, once, SampleKeys.START);
        store.delete(first.id(), SampleKeys.note(AuditAction.DELETE));
        APIKey again = SampleKeys.plain().build();
        assertThat(add(store, again, once, SampleKeys.START)).isEqualTo(new AddResult.Repeated(first.id()));
        SampleKeys.assertMissing(store, again);
    }

    /** Repetition is judged before the number of keys: the first answer had taken the last place. */
    @Test
    default void a_repeated_request_is_told_so_when_there_is_no_more_room() {
        APIKeyStore store = newStore();
        Idempotency once = new Idempotency(SampleKeys.newHash(), SampleKeys.newHash(), END);
        APIKey first = SampleKeys.plain().build();
        AddTerms last = new AddTerms(1, once);
        assertThat(store.add(first, last, SampleKeys.note(AuditAction.ISSUE))).isEqualTo(new AddResult.Added());
        assertThat(store.add(SampleKeys.plain().build(), last, SampleKeys.note(AuditAction.ISSUE)))
                .isEqualTo(new AddResult.Repeated(first.id()));
    }

    /** What was refused can be asked for again. */
    @Test
    default void a_request_that_added_nothing_is_not_remembered() {
        APIKeyStore store = newStore();
        APIKey there = SampleKeys.plain().build();
        SampleKeys.put(store, there);
        Idempotency once = new Idempotency(SampleKeys.newHash(), SampleKeys.newHash(), END);
        APIKey wanted = SampleKeys.plain().build();
        assertThat(store.add(wanted, new AddTerms(1, once), SampleKeys.note(AuditAction.ISSUE)))
                .isEqualTo(new AddResult.TooMany());
        assertThatThrownBy(() -> add(store, there, once, SampleKeys.START))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(add(store, wanted, once, SampleKeys.START)).isEqualTo(new AddResult.Added());
    }
}
