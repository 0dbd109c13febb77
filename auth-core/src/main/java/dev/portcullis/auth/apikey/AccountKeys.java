package dev.portcullis.auth.apikey;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one actor may do with one account's keys; the endpoint, the page and the command all go this way. Another
 * account's key and a missing one look the same. Immutable, and safe for use by many threads.
 *
 * <p>Whatever is refused is a {@link KeyRefusedException}, and nothing was stored then. A store that cannot be asked is
 * an {@link AuthUnavailableException}.
 */
public final class AccountKeys {

    /** How long a rotated key goes on working unless it is said: a day. */
    public static final Duration USUAL_OVERLAP = Duration.ofDays(1);

    /** The most keys that one page of a list can have. */
    public static final int LONGEST_PAGE = 1000;

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final Duration IDEMPOTENCY_KEPT = Duration.ofDays(1);
    private static final int MOST_TRIES = 20;

    private final APIKeys keys;
    private final APIKeyStore store;
    private final String owner;
    private final Actor by;
    private final @Nullable Set<String> held;

    /** Those of an actor who holds some permissions, or may give any: null. */
    AccountKeys(APIKeys keys, String owner, Actor by, @Nullable Set<String> held) {
        this.keys = keys;
        this.store = keys.store();
        this.owner = owner;
        this.by = by;
        this.held = held;
    }

    /**
     * Issues a key and stores it.
     *
     * @param request what is asked for
     * @return the key with its plaintext, which is nowhere else
     * @throws KeyRefusedException if a field is not as it must be, or the account has too many keys
     */
    public IssuedAPIKey issue(KeyRequest request) {
        Instant now = keys.now();
        IssuedAPIKey issued = make(request, now, Faults.none());
        AddTerms terms = new AddTerms(keys.maximumKeys(), null);
        refuseUnlessAdded(store.add(issued.key(), terms, new AuditNote(AuditAction.ISSUE, by, now)));
        return issued;
    }

    /**
     * Issues a key unless the same request was made before, within a day.
     *
     * @param request what is asked for
     * @param idempotencyKey what the client calls this request; 1 to 255 printable ASCII characters
     * @return the key: with its plaintext the first time, without it after that
     * @throws KeyRefusedException if a field is not as it must be, the account has too many keys, the same idempotency
     *     key came with another request, or the key that was issued is deleted by now
     */
    public IssueOutcome issueOnce(KeyRequest request, String idempotencyKey) {
        Instant now = keys.now();
        Faults faults = Faults.none();
        faults.add("Idempotency-Key", RequestDigest.faultOf(idempotencyKey));
        boolean late = request.expiresAt != null && !request.expiresAt.isAfter(now);
        // What has expired since it was first asked for is a repetition all the same; nothing is added for it.
        IssuedAPIKey issued = make(late ? request.expiresAt(now.plusMillis(1)) : request, now, faults);
        Idempotency once = new Idempotency(
                RequestDigest.of(idempotencyKey), RequestDigest.of(request), now.plus(IDEMPOTENCY_KEPT));
        AddTerms terms = new AddTerms(late ? 0 : keys.maximumKeys(), once);
        AddResult result = store.add(issued.key(), terms, new AuditNote(AuditAction.ISSUE, by, now));
        if (result instanceof AddResult.Repeated repeated) {
            return new IssueOutcome.Repeated(get(repeated.id()));
        }
        if (late && result instanceof AddResult.TooMany) {
            make(request, now, faults);
        }
        refuseUnlessAdded(result);
        return new IssueOutcome.Issued(issued);
    }

    /** Makes a key that is stored nowhere yet. */
    IssuedAPIKey make(KeyRequest request, Instant now, Faults faults) {
        KeyRules.checkName(request.name, faults);
        keys.rules().checkScopes(request.scopes, held, faults);
        keys.rules().checkAddresses(request.allowList, faults);
        Instant expiresAt = keys.rules().expiry(request.expiresAt, now, faults);
        faults.refuse();
        return keys.mint()
                .make(
                        request.environment,
                        now,
                        key -> key.owner(owner)
                                .name(request.name)
                                .scopes(request.scopes)
                                .allowList(AllowList.of(request.allowList))
                                .expiresAt(expiresAt));
    }

    private static void refuseUnlessAdded(AddResult result) {
        if (result instanceof AddResult.TooMany) {
            throw KeyRefusedException.of(KeyRefusal.TOO_MANY_KEYS);
        }
        if (result instanceof AddResult.OtherRequest) {
            throw KeyRefusedException.of(KeyRefusal.IDEMPOTENCY_KEY_REUSED);
        }
    }

    /**
     * The account.
     *
     * @return its name
     */
    public String owner() {
        return owner;
    }

    /**
     * Checks what any key of the account can be called and may do, also one that is kept elsewhere.
     *
     * @param name what its owner calls it
     * @param scopes the permissions of its callers
     * @throws KeyRefusedException if the name is not as it must be, or a scope is one that the actor cannot give
     */
    public void check(String name, Collection<String> scopes) {
        Faults faults = Faults.none();
        KeyRules.checkName(name, faults);
        keys.rules().checkScopes(scopes, held, faults);
        faults.refuse();
    }

    /**
     * Lists the account's keys, newest first.
     *
     * @param before the last identifier of the page before, or null to begin
     * @param limit how many at most, from 1 to 1,000
     * @return the keys, also revoked and expired ones; empty at the end
     * @throws KeyRefusedException if the limit is out of range
     */
    public List<APIKey> list(@Nullable UUID before, int limit) {
        return store.list(owner, before, checked(limit));
    }

    static int checked(int limit) {
        Faults faults = Faults.none();
        faults.add("limit", limit < 1 || limit > LONGEST_PAGE ? KeyFault.LIMIT_OUT_OF_RANGE : null);
        faults.refuse();
        return limit;
    }

    /**
     * Gets a key.
     *
     * @param id the identifier
     * @return the key as it stands now
     * @throws KeyRefusedException if the account has no such key
     */
    public APIKey get(UUID id) {
        APIKey key = store.get(id);
        if (key == null || !key.owner().equals(owner)) {
            throw notFound();
        }
        return key;
    }

    private static KeyRefusedException notFound() {
        return KeyRefusedException.of(KeyRefusal.NOT_FOUND);
    }

    private static APIKey found(@Nullable APIKey key) {
        if (key == null) {
            throw notFound();
        }
        return key;
    }

    /**
     * Revokes a key, for good and from now on. A key that was revoked before keeps its time.
     *
     * @param id the identifier
     * @return the key as it stands afterwards
     * @throws KeyRefusedException if the account has no such key
     */
    public APIKey revoke(UUID id) {
        get(id);
        return found(store.revoke(id, new AuditNote(AuditAction.REVOKE, by, keys.now())));
    }

    /**
     * Deletes a key.
     *
     * @param id the identifier
     * @throws KeyRefusedException if the account has no such key
     */
    public void delete(UUID id) {
        get(id);
        found(store.delete(id, new AuditNote(AuditAction.DELETE, by, keys.now())));
    }

    /**
     * Changes a key's name, scopes or allow-list. All scopes that it is to have must be held, also those that it has already.
     *
     * @param id the identifier
     * @param change what is to be changed
     * @return the key as it stands afterwards
     * @throws KeyRefusedException if the account has no such key, or a field is not as it must be
     */
    public APIKey change(UUID id, KeyChange change) {
        get(id);
        Faults faults = Faults.none();
        String name = change.name();
        if (name != null) {
            KeyRules.checkName(name, faults);
        }
        Set<String> scopes = change.scopes();
        if (scopes != null) {
            keys.rules().checkScopes(scopes, held, faults);
        }
        List<String> allowList = change.allowList();
        if (allowList != null) {
            keys.rules().checkAddresses(allowList, faults);
        }
        faults.refuse();
        return found(store.change(id, change, new AuditNote(AuditAction.CHANGE, by, keys.now())));
    }

    /**
     * Gives a key a successor with the same name, environment, scopes and allow-list. The old key works until the overlap ends, but
     * no longer than it would have.
     *
     * @param id the identifier
     * @param overlap how long both work, from 0 to 30 days; see {@link #USUAL_OVERLAP}
     * @param expiresAt the successor's expiry, as when issuing; or null for that of the old key
     * @return the successor with its plaintext, which is nowhere else
     * @throws KeyRefusedException if the account has no such key, it was rotated before, it is not active, a field is
     *     not as it must be, or a scope of the key is no longer held
     */
    public IssuedAPIKey rotate(UUID id, Duration overlap, @Nullable Instant expiresAt) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Instant now = keys.now();
            APIKey old = get(id);
            refuseUnlessRotated(RotateResult.judge(old, old, now));
            IssuedAPIKey successor = successor(old, overlap, expiresAt, now);
            RotateResult result = store.rotate(
                    id,
                    successor.key(),
                    now.plus(overlap),
                    keys.maximumKeys(),
                    new AuditNote(AuditAction.ROTATE, by, now));
            if (result != RotateResult.CHANGED) {
                refuseUnlessRotated(result);
                return successor;
            }
        }
        throw new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1));
    }

    private IssuedAPIKey successor(APIKey old, Duration overlap, @Nullable Instant expiresAt, Instant now) {
        Faults faults = Faults.none();
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            faults.add("overlap_seconds", KeyFault.OVERLAP_OUT_OF_RANGE);
        }
        if (held != null && !held.containsAll(old.scopes())) {
            faults.add(KeyRules.SCOPES, KeyFault.SCOPE_NOT_HELD);
        }
        Instant end = keys.rules().successorExpiry(expiresAt, old.expiresAt(), now, faults);
        faults.refuse();
        return keys.mint()
                .make(
                        old.environment(),
                        now,
                        key -> key.owner(owner)
                                .name(old.name())
                                .scopes(old.scopes())
                                .allowList(old.allowList())
                                .expiresAt(end));
    }

    private static void refuseUnlessRotated(RotateResult result) {
        KeyRefusal refusal = switch (result) {
            case ROTATED, CHANGED -> null;
            case UNKNOWN -> KeyRefusal.NOT_FOUND;
            case ALREADY_ROTATED -> KeyRefusal.ALREADY_ROTATED;
            case NOT_ACTIVE -> KeyRefusal.NOT_ACTIVE;
            case TOO_MANY -> KeyRefusal.TOO_MANY_KEYS;
        };
        if (refusal != null) {
            throw KeyRefusedException.of(refusal);
        }
    }

    /**
     * Lists what was done to the account's keys, the latest first.
     *
     * @param before the last number of the page before; {@link Long#MAX_VALUE} to begin
     * @param limit how many at most, from 1 to 1,000
     * @return the records; empty at the end
     * @throws KeyRefusedException if the limit is out of range
     */
    public List<AuditRecord> audit(long before, int limit) {
        return store.audit(owner, before, checked(limit));
    }

    /** The account, never a key. */
    @Override
    public String toString() {
        return "AccountKeys[" + owner + "]";
    }
}
