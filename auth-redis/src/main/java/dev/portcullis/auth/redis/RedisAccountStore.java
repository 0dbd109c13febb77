package dev.portcullis.auth.redis;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.account.AccountState;
import dev.portcullis.auth.account.AccountStore;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How accounts stand, in Redis. Those that are in order take no room. */
final class RedisAccountStore implements AccountStore {

    private static final Reason REASON = Reason.ACCOUNT_STORE_UNAVAILABLE;

    private static final String SUSPENDED = "suspended";
    private static final String VERIFIED_UNTIL = "verified-until";

    /** Names: the account. Values: the field, its value or nothing, the channel, the notice. */
    private static final Script SET = Script.of("""
            local before = redis.call('HGET', KEYS[1], ARGV[1])
            if (before or '') ~= ARGV[2] then
              if ARGV[2] == '' then
                redis.call('HDEL', KEYS[1], ARGV[1])
              else
                redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
              end
              redis.call('PUBLISH', ARGV[3], ARGV[4])
            end
            local after = redis.call('HMGET', KEYS[1], 'suspended', 'verified-until')
            return {after[1] or '', after[2] or ''}
            """);

    private final Line line;
    private final Names names;

    RedisAccountStore(Line line, Names names) {
        this.line = line;
        this.names = names;
    }

    /** Of an account that nobody can have stored, nothing is stored. */
    @Override
    public AccountState find(String account) {
        if (!Names.canBeStored(account)) {
            return AccountState.IN_ORDER;
        }
        List<KeyValue<String, String>> fields =
                line.ask(REASON, redis -> redis.hmget(names.account(account), SUSPENDED, VERIFIED_UNTIL));
        return state(fields.get(0).getValueOrElse(""), fields.get(1).getValueOrElse(""));
    }

    private static AccountState state(String suspended, String until) {
        if (suspended.isEmpty() && until.isEmpty()) {
            return AccountState.IN_ORDER;
        }
        try {
            return new AccountState(
                    !suspended.isEmpty(), until.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(until)));
        } catch (NumberFormatException e) {
            throw Line.unavailable(REASON, new Trouble(Trouble.Kind.UNREADABLE));
        }
    }

    @Override
    public AccountState suspend(String account, boolean suspended) {
        return set(account, SUSPENDED, suspended ? "1" : "");
    }

    @Override
    public AccountState verify(String account, @Nullable Instant until) {
        return set(account, VERIFIED_UNTIL, until == null ? "" : String.valueOf(until.toEpochMilli()));
    }

    private AccountState set(String account, String field, String value) {
        List<?> after = (List<?>) line.run(
                REASON,
                SET,
                ScriptOutputType.MULTI,
                new String[] {names.account(Names.checked(account))},
                field,
                value,
                names.changes(),
                Notice.of(CHANGES, account));
        return state(String.valueOf(after.get(0)), String.valueOf(after.get(1)));
    }

    /** Never an account, and not where Redis is. */
    @Override
    public String toString() {
        return "RedisAccountStore";
    }
}
