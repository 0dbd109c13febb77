package dev.portcullis.auth;

import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling: immutable, and the same for every kind of credential. Holds nothing that could be used to
 * authenticate again.
 */
public final class Caller implements Principal {

    private final CredentialKind kind;
    private final @Nullable String subject;
    private final Set<String> permissions;
    private final Map<String, Object> attributes;

    private Caller(
            CredentialKind kind, @Nullable String subject, Set<String> permissions, Map<String, Object> attributes) {
        this.kind = kind;
        this.subject = subject;
        this.permissions = permissions;
        this.attributes = attributes;
    }

    /**
     * A caller.
     *
     * @param kind the kind of credential by which it authenticated
     * @param subject the account, or null if the credential names none
     * @param permissions exact permission strings; copied
     * @param attributes what else is known, such as a token's claims by name; not copied, so it must never change
     * @return the caller
     */
    public static Caller of(
            CredentialKind kind,
            @Nullable String subject,
            Collection<String> permissions,
            Map<String, Object> attributes) {
        return new Caller(kind, subject, Set.copyOf(permissions), Collections.unmodifiableMap(attributes));
    }

    /**
     * The account: the {@code sub} of a token (RFC 7519 section 4.1.2), the owner of a key.
     *
     * @return the subject, or null if the credential names none
     */
    public @Nullable String subject() {
        return subject;
    }

    /**
     * The permissions held, as exact strings: nothing is implied by anything else.
     *
     * @return an immutable set
     */
    public Set<String> permissions() {
        return permissions;
    }

    /**
     * Whether the caller holds a permission, exactly as written.
     *
     * @param permission the permission, such as {@code catalog:read}
     * @return whether it is held
     */
    public boolean holds(String permission) {
        return permissions.contains(permission);
    }

    /**
     * How the caller authenticated.
     *
     * @return the kind of credential
     */
    public CredentialKind kind() {
        return kind;
    }

    /**
     * What else is known. For a JWT, its verified claims by name: strings, {@code Long} or {@code BigDecimal}, booleans,
     * lists and maps; what is {@code null} is left out. For an API key: {@code key_id}, {@code key_prefix},
     * {@code name}, {@code environment}, {@code ip_allowlist} (an {@link AllowList}), and if it stops working one day,
     * {@code expires_at} (an {@link java.time.Instant}) and {@code expires_reason}. For a session: {@code session_id}, {@code login_type}, and {@code opened_by},
     * the {@link CredentialKind} of whoever opened it; beside them all of the API key that opened it, if one did. For a signing key: {@code key_id}, {@code fingerprint}, {@code name}.
     *
     * @return an immutable map
     */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** {@inheritDoc} The subject, or the empty string if there is none. */
    @Override
    public String getName() {
        return subject == null ? "" : subject;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Caller that
                && kind == that.kind
                && getName().equals(that.getName())
                && (subject == null) == (that.subject == null)
                && permissions.equals(that.permissions)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return 31 * getName().hashCode() + kind.hashCode();
    }

    /** Kind, subject and permissions; attributes are left out, for they can hold personal data. */
    @Override
    public String toString() {
        return "Caller[" + kind + ", subject=" + subject + ", permissions=" + permissions + "]";
    }
}
