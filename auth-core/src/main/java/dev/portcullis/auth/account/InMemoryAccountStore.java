package dev.portcullis.auth.account;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in this process's memory: what is noted of them is gone when it ends. Those that are in order and never have to
 * be verified take no room.
 */
public final class InMemoryAccountStore implements AccountStore {

    private final Map<String, AccountState> states = new ConcurrentHashMap<>();

    /** A store in which every account is in order. */
    public InMemoryAccountStore() {}

    @Override
    public AccountState find(String account) {
        return states.getOrDefault(account, AccountState.IN_ORDER);
    }

    @Override
    public AccountState suspend(String account, boolean suspended) {
        return change(account, state -> new AccountState(suspended, state.verifiedUntil()));
    }

    @Override
    public AccountState verify(String account, @Nullable Instant until) {
        return change(account, state -> new AccountState(state.suspended(), until));
    }

    private AccountState change(String account, UnaryOperator<AccountState> change) {
        AccountState changed = states.compute(account, (name, state) -> {
            AccountState after = change.apply(state == null ? AccountState.IN_ORDER : state);
            return after.equals(AccountState.IN_ORDER) ? null : after;
        });
        return changed == null ? AccountState.IN_ORDER : changed;
    }

    /** Never an account. */
    @Override
    public String toString() {
        return "InMemoryAccountStore";
    }
}
