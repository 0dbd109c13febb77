package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.signature.Ed25519PublicKey;
import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeyRecord;
import dev.portcullis.auth.signature.SigningKeyRegistration;
import dev.portcullis.auth.signature.SigningKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads requests about one account's signing keys. */
final class SigningKeyCalls {

    private static final String NAME = "name";
    private static final String PUBLIC_KEY = "public_key";
    private static final String SCOPES = "scopes";

    private final SigningKeys keys;
    private final AccountKeys account;
    private final Actor by;
    private final HttpServletRequest request;

    /** Whose keys an account is, manages them. */
    SigningKeyCalls(SigningKeys keys, AccountKeys account, HttpServletRequest request) {
        this.keys = keys;
        this.account = account;
        this.by = new Actor(account.owner(), ClientAddress.of(request));
        this.request = request;
    }

    KeyCall read(SigningKeyPath path) throws RequestFaultException, IOException {
        String method = request.getMethod();
        return switch (path.place()) {
            case KEYS -> method.equals("POST") ? register() : list();
            case AUDIT -> audit();
            case DOCUMENT -> throw new IllegalArgumentException("This is no matter of an account's keys");
            case KEY -> method.equals("DELETE") ? delete(path.keyID()) : get(path.keyID());
        };
    }

    private KeyCall register() throws RequestFaultException, IOException {
        RequestFields fields = RequestFields.read(request, Set.of(NAME, PUBLIC_KEY, SCOPES), false);
        String name = fields.requiredText(NAME);
        String text = fields.requiredText(PUBLIC_KEY);
        List<String> given = fields.texts(SCOPES);
        fields.refuse();
        List<String> scopes = given == null ? List.of() : given;
        Ed25519PublicKey publicKey = Ed25519PublicKey.parse(text);
        if (publicKey == null) {
            fields.add(PUBLIC_KEY, KeyFault.MALFORMED_PUBLIC_KEY);
            fields.refuse();
            throw new IllegalStateException("A fault is refused");
        }
        account.check(name, scopes);
        String location = request.getContextPath() + request.getServletPath() + "/";
        return () -> registered(keys.register(account.owner(), name, publicKey, scopes, by), location);
    }

    private static KeyAnswer registered(SigningKeyRegistration registration, String location) {
        return switch (registration.addition()) {
            case ADDED ->
                KeyAnswer.of(201, SigningKeyJSON.key(registration.key()))
                        .with("Location", location + registration.key().id() + "/");
            case ALREADY_REGISTERED -> throw KeyRefusedException.of(KeyRefusal.PUBLIC_KEY_REGISTERED);
            case TOO_MANY -> throw KeyRefusedException.of(KeyRefusal.TOO_MANY_SIGNING_KEYS);
        };
    }

    private Page page() {
        Page page = Page.of(request);
        if (page.limit() < 1 || page.limit() > AccountKeys.LONGEST_PAGE) {
            throw KeyRefusedException.invalid(Map.of("limit", List.of(KeyFault.LIMIT_OUT_OF_RANGE)));
        }
        return page;
    }

    private KeyCall list() {
        Page page = page();
        @Nullable UUID before = page.<@Nullable UUID>from(text -> new KeyPath(KeyPath.Place.KEY, text).keyID(), null);
        return () -> {
            List<SigningKey> list = keys.list(account.owner(), before, page.limit());
            KeyAnswer answer = KeyAnswer.of(200, SigningKeyJSON.keys(list));
            return KeyCalls.withNext(answer, page, list, SigningKey::id, id -> keys.list(account.owner(), id, 1));
        };
    }

    private KeyCall audit() {
        Page page = page();
        long before = page.from(KeyCalls::number, Long.MAX_VALUE);
        return () -> {
            List<SigningKeyRecord> list = keys.audit(account.owner(), before, page.limit());
            KeyAnswer answer = KeyAnswer.of(200, SigningKeyJSON.records(list));
            return KeyCalls.withNext(
                    answer, page, list, SigningKeyRecord::number, number -> keys.audit(account.owner(), number, 1));
        };
    }

    private KeyCall get(UUID id) {
        return () -> {
            SigningKey key = keys.get(account.owner(), id);
            if (key == null) {
                throw KeyRefusedException.of(KeyRefusal.SIGNING_KEY_NOT_FOUND);
            }
            return KeyAnswer.of(200, SigningKeyJSON.key(key));
        };
    }

    private KeyCall delete(UUID id) {
        return () -> {
            if (!keys.delete(account.owner(), id, by)) {
                throw KeyRefusedException.of(KeyRefusal.SIGNING_KEY_NOT_FOUND);
            }
            return KeyAnswer.empty();
        };
    }
}
