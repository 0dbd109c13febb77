package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.account.AccountState;
import dev.portcullis.auth.account.AccountStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AccountStore} must do. A store's test class implements this interface, and with it runs all of these
 * tests.
 */
public interface AccountStoreContract {

    /**
     * A store in which every account is in order: a new one, or one that was emptied. It is called once for each test;
     * whatever it opens is for the test class to close.
     *
     * @return the store to be tested
     */
    AccountStore newAccountStore();

    /** An account of which nothing is stored is in order. */
    @Test
    default void an_unknown_account_is_in_order() {
        AccountStore store = newAccountStore();
        assertThat(store.find("a")).isEqualTo(AccountState.IN_ORDER);
        assertThat(store.suspend("a", false)).isEqualTo(AccountState.IN_ORDER);
        assertThat(store.verify("a", null)).isEqualTo(AccountState.IN_ORDER);
        assertThat(store.find("a")).isEqualTo(AccountState.IN_ORDER);
    }

    /** What was noted is found, and what is noted next leaves the rest alone. */
    @Test
    default void suspension_and_verification_do_not_touch_each_other() {
        AccountStore store = newAccountStore();
        Instant until = SampleKeys.START;
        assertThat(store.suspend("a", true)).isEqualTo(new AccountState(true, null));
        assertThat(store.verify("a", until)).isEqualTo(new AccountState(true, until));
        assertThat(store.find("a")).isEqualTo(new AccountState(true, until));
        assertThat(store.suspend("a", true)).isEqualTo(new AccountState(true, until));
        assertThat(store.suspend("a", false)).isEqualTo(new AccountState(false, until));
        assertThat(store.verify("a", until.plusMillis(1))).isEqualTo(new AccountState(false, until.plusMillis(1)));
        assertThat(store.find("a")).isEqualTo(new AccountState(false, until.plusMillis(1)));
        assertThat(store.verify("a", null)).isEqualTo(AccountState.IN_ORDER);
        assertThat(store.find("a")).isEqualTo(AccountState.IN_ORDER);
    }

    /** Accounts are told apart by every character. */
    @Test
    default void accounts_are_compared_exactly() {
        AccountStore store = newAccountStore();
        for (String account : SampleKeys.TEXTS) {
            assertThat(store.find(account)).isEqualTo(AccountState.IN_ORDER);
            store.suspend(account, true);
            assertThat(store.find(account)).isEqualTo(new AccountState(true, null));
        }
        for (String other : List.of("X", " x", "x ", "leading and trailing", "", "cafe", "STRASSE")) {
            assertThat(store.find(other)).as(other).isEqualTo(AccountState.IN_ORDER);
        }
    }

    /** Times come back to the millisecond, from the first to the last that can be. */
    @Test
    default void times_of_verification_are_given_back_exactly() {
        AccountStore store = newAccountStore();
        for (String text : List.of("1970-01-01T00:00:00Z", "2026-03-29T01:30:00.001Z", "9999-12-31T23:59:59.999Z")) {
            Instant until = Instant.parse(text);
            store.verify("a", until);
            assertThat(store.find("a")).isEqualTo(new AccountState(false, until));
        }
        store.verify("a", SampleKeys.START.plusNanos(999_999));
        assertThat(store.find("a")).isEqualTo(new AccountState(false, SampleKeys.START));
    }

    /** Of a suspension and a verification at once neither undoes the other. */
    @Test
    default void changes_at_once_all_count() {
        AccountStore store = newAccountStore();
        for (int round = 0; round < 20; round++) {
            String account = "account-" + round;
            Race.run(i -> () -> i % 2 == 0 ? store.suspend(account, true) : store.verify(account, SampleKeys.START));
            assertThat(store.find(account)).isEqualTo(new AccountState(true, SampleKeys.START));
        }
    }
}
