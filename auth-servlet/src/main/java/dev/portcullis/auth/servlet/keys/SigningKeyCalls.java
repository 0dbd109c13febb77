package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.signature.Ed25519PublicKey;
import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeyRegistration;
import dev.portcullis.auth.signature.SigningKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Reads requests about one account's signing keys. */
final class SigningKeyCalls {

    private static final String NAME = "name";
    private static final String PUBLIC_KEY = "public_key";
    private static final String SCOPES = "scopes";

    private final SigningKeys keys;
    private final AccountKeys account;
    private final HttpServletRequest request;

    SigningKeyCalls(SigningKeys keys, AccountKeys account, HttpServletRequest request) {
        this.keys = keys;
        this.account = account;
        this.request = request;
    }

    KeyCall read(SigningKeyPath path) throws RequestFaultException, IOException {
        if (!path.isOfAll()) {
            return delete(path.keyID());
        }
        return request.getMethod().equals("POST") ? register() : list();
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
        return () -> registered(keys.register(account.owner(), name, publicKey, scopes));
    }

    private static KeyAnswer registered(SigningKeyRegistration registration) {
        return switch (registration.addition()) {
            case ADDED -> KeyAnswer.of(201, out -> write(out, registration.key()));
            case ALREADY_REGISTERED -> throw KeyRefusedException.of(KeyRefusal.PUBLIC_KEY_REGISTERED);
            case TOO_MANY -> throw KeyRefusedException.of(KeyRefusal.TOO_MANY_SIGNING_KEYS);
        };
    }

    private KeyCall list() {
        Page page = Page.of(request);
        @Nullable UUID before = page.<@Nullable UUID>from(text -> new KeyPath(KeyPath.Place.KEY, text).keyID(), null);
        if (page.limit() < 1 || page.limit() > AccountKeys.LONGEST_PAGE) {
            throw KeyRefusedException.invalid(Map.of("limit", List.of(KeyFault.LIMIT_OUT_OF_RANGE)));
        }
        return () -> {
            List<SigningKey> list = keys.list(account.owner(), before, page.limit());
            KeyAnswer answer = KeyAnswer.of(200, out -> {
                out.writeStartArray();
                list.forEach(key -> write(out, key));
                out.writeEndArray();
            });
            return KeyCalls.withNext(answer, page, list, SigningKey::id, id -> keys.list(account.owner(), id, 1));
        };
    }

    private KeyCall delete(UUID id) {
        return () -> {
            if (!keys.delete(account.owner(), id)) {
                throw KeyRefusedException.of(KeyRefusal.SIGNING_KEY_NOT_FOUND);
            }
            return KeyAnswer.empty();
        };
    }

    private static void write(JsonGenerator out, SigningKey key) {
        out.writeStartObject();
        out.writeStringProperty("id", key.id().toString());
        out.writeStringProperty(NAME, key.name());
        out.writeStringProperty("fingerprint", key.publicKey().fingerprintText());
        out.writeStringProperty(
                PUBLIC_KEY, Base64.getEncoder().encodeToString(key.publicKey().encoded()));
        out.writeArrayPropertyStart(SCOPES);
        new TreeSet<>(key.scopes()).forEach(out::writeString);
        out.writeEndArray();
        out.writeStringProperty("created_at", key.createdAt().toString());
        out.writeEndObject();
    }
}
