package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.account.Standing;
import dev.portcullis.auth.place.TrustedProxies;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Tells a proven credential all about itself (contract section 9). What there is nothing to say of is {@code null}. */
record SelfDescription(
        Function<AuthRequest, @Nullable IPAddress> client,
        @Nullable Accounts accounts,
        InstantSource clock) {

    /** What is known without any settings: the client is the other end of the connection, and every account in order. */
    static final SelfDescription USUAL =
            new SelfDescription(TrustedProxies.none()::clientOf, null, InstantSource.system());

    /** Asks for all of it now; what writes it asks for nothing more. */
    Consumer<JsonGenerator> of(Caller caller, AuthRequest request) {
        Map<String, Object> known = caller.attributes();
        boolean byKey = caller.kind() == CredentialKind.API_KEY || caller.kind() == CredentialKind.SESSION;
        IPAddress address = client.apply(request);
        AllowList list = byKey && known.get("ip_allowlist") instanceof AllowList tied ? tied : AllowList.everywhere();
        Standing standing = accounts == null ? Standing.ACTIVE : accounts.standingOf(caller);
        Expiry expiry = expiry(caller.kind(), known);
        return out -> {
            out.writeStartObject();
            out.writeStringProperty("kind", caller.kind().name().toLowerCase(Locale.ROOT));
            out.writeStringProperty("id", text(known, idOf(caller.kind())));
            out.writeStringProperty("key_prefix", byKey ? text(known, "key_prefix") : null);
            out.writeStringProperty("subject", caller.subject());
            out.writeStringProperty("environment", byKey ? text(known, "environment") : null);
            out.writeStringProperty("status", "active");
            out.writeArrayPropertyStart("permissions");
            new TreeSet<>(caller.permissions()).forEach(out::writeString);
            out.writeEndArray();
            out.writeStringProperty("expires_at", written(expiry.at));
            out.writeStringProperty("expires_reason", expiry.reason);
            out.writeArrayPropertyStart("ip_allowlist");
            list.entries().forEach(out::writeString);
            out.writeEndArray();
            out.writeStringProperty("your_ip", address == null ? null : address.toString());
            out.writeBooleanProperty("your_ip_allowed", list.allows(address));
            out.writeStringProperty("account_standing", standing.label());
            out.writeStringProperty("server_time", written(clock.instant()));
            out.writeEndObject();
        };
    }

    private static String idOf(CredentialKind kind) {
        return switch (kind) {
            case API_KEY, SIGNATURE -> "key_id";
            case SESSION -> "session_id";
            default -> "jti";
        };
    }

    private static @Nullable String text(Map<String, Object> known, String name) {
        return known.get(name) instanceof String text ? text : null;
    }

    private static @Nullable String written(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private record Expiry(@Nullable Instant at, @Nullable String reason) {}

    /** A session ends by itself, or with the key that opened it. */
    private static Expiry expiry(CredentialKind kind, Map<String, Object> known) {
        if (kind == CredentialKind.JWT) {
            Instant end = known.get("exp") instanceof Number seconds ? instant(seconds) : null;
            return new Expiry(end, end == null ? null : "exp");
        }
        boolean byKey = kind == CredentialKind.API_KEY || kind == CredentialKind.SESSION;
        Instant key = byKey && known.get("expires_at") instanceof Instant end ? end : null;
        Instant session =
                kind == CredentialKind.SESSION && known.get("session_expires_at") instanceof Instant end ? end : null;
        return session != null && (key == null || !key.isBefore(session))
                ? new Expiry(session, "session")
                : new Expiry(key, key == null ? null : text(known, "expires_reason"));
    }

    private static @Nullable Instant instant(Number seconds) {
        try {
            return Instant.ofEpochSecond(seconds.longValue());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
