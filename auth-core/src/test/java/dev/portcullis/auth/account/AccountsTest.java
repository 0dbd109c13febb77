package dev.portcullis.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract section 9: "its keys, sessions and signing keys all stop, and come back when it is lifted". */
class AccountsTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static final AuthRequest REQUEST = new AuthRequest() {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }
    };

    private Instant now = START;
    private final InMemoryAccountStore store = new InMemoryAccountStore();
    private final Accounts accounts = Accounts.in(store).clock(() -> now);

    private static Caller caller(CredentialKind kind, @Nullable String subject) {
        return Caller.of(kind, subject, List.of(), Map.of());
    }

    private @Nullable Reason objection(String subject) {
        return accounts.objection(caller(CredentialKind.API_KEY, subject), REQUEST);
    }

    @ParameterizedTest
    @EnumSource(CredentialKind.class)
    void whatever_acts_for_a_suspended_account_stops_and_comes_back(CredentialKind kind) {
        Caller caller = caller(kind, "a");
        assertThat(accounts.objection(caller, REQUEST)).isNull();
        store.suspend("a", true);
        assertThat(accounts.objection(caller, REQUEST)).isEqualTo(Reason.ACCOUNT_SUSPENDED);
        assertThat(accounts.standingOf(caller)).isEqualTo(Standing.SUSPENDED);
        assertThat(objection("b")).isNull();
        assertThat(objection("A")).isNull();
        store.suspend("a", false);
        assertThat(accounts.objection(caller, REQUEST)).isNull();
        assertThat(accounts.standingOf(caller)).isEqualTo(Standing.ACTIVE);
    }

    @Test
    void a_verification_expires_by_itself_and_can_be_renewed() {
        store.verify("a", START);
        now = START.minusMillis(1);
        assertThat(objection("a")).isNull();
        now = START;
        assertThat(objection("a")).isEqualTo(Reason.ACCOUNT_VERIFICATION_EXPIRED);
        store.verify("a", START.plusSeconds(60));
        assertThat(objection("a")).isNull();
        now = START.plusSeconds(60);
        assertThat(objection("a")).isEqualTo(Reason.ACCOUNT_VERIFICATION_EXPIRED);
        store.verify("a", null);
        assertThat(objection("a")).isNull();
    }

    @Test
    void suspension_is_told_before_verification_and_neither_undoes_the_other() {
        store.verify("a", START);
        store.suspend("a", true);
        assertThat(objection("a")).isEqualTo(Reason.ACCOUNT_SUSPENDED);
        store.suspend("a", false);
        assertThat(objection("a")).isEqualTo(Reason.ACCOUNT_VERIFICATION_EXPIRED);
    }

    @Test
    void who_acts_for_no_account_has_no_standing() {
        store.suspend("", true);
        assertThat(accounts.objection(null, REQUEST)).isNull();
        assertThat(accounts.objection(caller(CredentialKind.JWT, null), REQUEST))
                .isNull();
        assertThat(accounts.objection(caller(CredentialKind.JWT, ""), REQUEST)).isEqualTo(Reason.ACCOUNT_SUSPENDED);
    }

    @Test
    void a_standing_goes_by_its_label() {
        assertThat(Standing.values())
                .extracting(Standing::label)
                .containsExactly("active", "suspended", "verification_expired");
    }

    @Test
    void a_store_that_cannot_be_asked_is_neither_yes_nor_no() {
        AccountStore broken = new AccountStore() {
            @Override
            public AccountState find(String account) {
                throw new IllegalStateException("pool");
            }

            @Override
            public AccountState suspend(String account, boolean suspended) {
                throw new IllegalStateException("pool");
            }

            @Override
            public AccountState verify(String account, @Nullable Instant until) {
                throw new IllegalStateException("pool");
            }
        };
        assertThatThrownBy(() -> Accounts.in(broken).objection(caller(CredentialKind.JWT, "a"), REQUEST))
                .isInstanceOfSatisfying(
                        AuthUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.ACCOUNT_STORE_UNAVAILABLE));
    }

    @Test
    void what_was_changed_is_told_and_no_account_shows() {
        InMemoryAccountStore changed = new InMemoryAccountStore();
        assertThat(changed.suspend("alice", true).suspended()).isTrue();
        assertThat(changed.suspend("alice", false)).isEqualTo(AccountState.IN_ORDER);
        assertThat(changed).hasToString("InMemoryAccountStore");
    }
}
