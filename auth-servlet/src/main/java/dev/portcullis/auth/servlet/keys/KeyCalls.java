package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.IssueOutcome;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.apikey.KeyRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads requests about one account's keys. A request that is read to its end and sound becomes a {@link KeyCall}. */
final class KeyCalls {

    private static final String NAME = "name";
    private static final String ENVIRONMENT = "environment";
    private static final String SCOPES = "scopes";
    private static final String ALLOW_LIST = "ip_allowlist";
    private static final String EXPIRES_AT = "expires_at";
    private static final String OVERLAP = "overlap_seconds";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Set<String> ISSUE_FIELDS = Set.of(NAME, ENVIRONMENT, SCOPES, ALLOW_LIST, EXPIRES_AT);

    private final APIKeys keys;
    private final AccountKeys account;
    private final HttpServletRequest request;

    KeyCalls(APIKeys keys, AccountKeys account, HttpServletRequest request) {
        this.keys = keys;
        this.account = account;
        this.request = request;
    }

    /**
     * Reads the request.
     *
     * @param path what it names
     * @throws RequestFaultException if nothing can be made of it
     * @throws KeyRefusedException if a field is not of the type that it must have, or no key can go by that identifier
     * @throws IOException if the body cannot be received
     */
    KeyCall read(KeyPath path) throws RequestFaultException, IOException {
        boolean posted = request.getMethod().equals("POST");
        return switch (path.place()) {
            case KEYS -> posted ? issue() : list();
            case AUDIT -> audit();
            case SELF, DOCUMENT -> throw new IllegalArgumentException("This is no matter of an account's keys");
            case KEY -> one(path);
            case REVOCATION -> revoke(keyID(path));
            case ROTATION -> rotate(keyID(path));
        };
    }

    private static UUID keyID(KeyPath path) {
        UUID id = path.keyID();
        if (id == null) {
            throw KeyRefusedException.of(KeyRefusal.NOT_FOUND);
        }
        return id;
    }

    private KeyCall one(KeyPath path) throws RequestFaultException, IOException {
        UUID id = keyID(path);
        return switch (request.getMethod()) {
            case "PATCH" -> change(id);
            case "DELETE" ->
                () -> {
                    account.delete(id);
                    return KeyAnswer.empty();
                };
            default -> () -> shown(account.get(id));
        };
    }

    private KeyAnswer shown(APIKey key) {
        return KeyAnswer.of(200, KeyJSON.key(key, keys.now()));
    }

    private KeyCall list() {
        Page page = Page.of(request);
        @Nullable UUID before = page.<@Nullable UUID>from(text -> new KeyPath(KeyPath.Place.KEY, text).keyID(), null);
        return () -> {
            List<APIKey> list = account.list(before, page.limit());
            KeyAnswer answer = KeyAnswer.of(200, KeyJSON.keys(list, keys.now()));
            return withNext(answer, page, list, APIKey::id, id -> account.list(id, 1));
        };
    }

    private KeyCall audit() {
        Page page = Page.of(request);
        long before = page.from(KeyCalls::number, Long.MAX_VALUE);
        return () -> {
            List<AuditRecord> list = account.audit(before, page.limit());
            KeyAnswer answer = KeyAnswer.of(200, KeyJSON.records(list));
            return withNext(answer, page, list, AuditRecord::number, number -> account.audit(number, 1));
        };
    }

    /** What a record's number is as a cursor; null if it is none. */
    static @Nullable Long number(String text) {
        boolean ok = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return ok ? Long.valueOf(text) : null;
    }

    /** A full page has a next one only if something stands on that. */
    static <T, C> KeyAnswer withNext(
            KeyAnswer answer, Page page, List<T> list, Function<T, C> cursor, Function<C, List<T>> following) {
        if (list.size() < page.limit()) {
            return answer;
        }
        C last = cursor.apply(list.get(list.size() - 1));
        return following.apply(last).isEmpty() ? answer : answer.with("Link", page.next(last.toString()));
    }

    private KeyCall issue() throws RequestFaultException, IOException {
        RequestFields fields = RequestFields.read(request, ISSUE_FIELDS, false);
        KeyRequest asked = KeyRequest.named(fields.requiredText(NAME))
                .environment(fields.environment(ENVIRONMENT))
                .scopes(fields.texts(SCOPES, List.of()))
                .allowList(fields.texts(ALLOW_LIST, List.of()))
                .expiresAt(fields.time(EXPIRES_AT));
        List<String> once = idempotencyKeys();
        if (once.size() > 1) {
            fields.add(IDEMPOTENCY_KEY, KeyFault.REPEATED);
        }
        fields.refuse();
        String location = request.getContextPath() + request.getServletPath() + "/";
        return () -> once.isEmpty()
                ? issued(account.issue(asked), location)
                : answer(account.issueOnce(asked, once.get(0)), location);
    }

    private List<String> idempotencyKeys() {
        var values = request.getHeaders(IDEMPOTENCY_KEY);
        return values == null ? List.of() : new ArrayList<>(Collections.list(values));
    }

    private KeyAnswer answer(IssueOutcome outcome, String location) {
        return outcome instanceof IssueOutcome.Issued issued
                ? issued(issued.issued(), location)
                : KeyAnswer.of(200, KeyJSON.issued(outcome.key(), null, keys.now()));
    }

    private KeyAnswer issued(IssuedAPIKey issued, String location) {
        return KeyAnswer.of(201, KeyJSON.issued(issued.key(), issued.plaintext(), keys.now()))
                .with("Location", location + issued.key().id() + "/");
    }

    private KeyCall change(UUID id) throws RequestFaultException, IOException {
        RequestFields fields = RequestFields.read(request, Set.of(NAME, SCOPES, ALLOW_LIST), false);
        KeyChange change = change(fields);
        fields.refuse();
        return () -> shown(account.change(id, change));
    }

    private static KeyChange change(RequestFields fields) {
        KeyChange change = KeyChange.nothing();
        String name = fields.text(NAME);
        if (name != null) {
            change = change.name(name);
        }
        List<String> scopes = fields.texts(SCOPES);
        if (scopes != null) {
            change = change.scopes(scopes);
        }
        List<String> allowList = fields.texts(ALLOW_LIST);
        return allowList == null ? change : change.allowList(allowList);
    }

    private KeyCall revoke(UUID id) throws RequestFaultException, IOException {
        RequestFields.read(request, Set.of(), true).refuse();
        return () -> shown(account.revoke(id));
    }

    private KeyCall rotate(UUID id) throws RequestFaultException, IOException {
        RequestFields fields = RequestFields.read(request, Set.of(OVERLAP, EXPIRES_AT), true);
        Duration overlap = fields.seconds(OVERLAP, AccountKeys.USUAL_OVERLAP);
        Instant expiresAt = fields.time(EXPIRES_AT);
        fields.refuse();
        String location = request.getContextPath() + request.getServletPath() + "/";
        return () -> issued(account.rotate(id, overlap, expiresAt), location);
    }
}
