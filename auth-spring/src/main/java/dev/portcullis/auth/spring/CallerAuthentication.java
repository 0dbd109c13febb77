package dev.portcullis.auth.spring;

import dev.portcullis.auth.Caller;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * A {@link Caller} as Spring Security knows it: the principal is the caller itself, the authorities are its exact
 * permission strings, without a prefix. It holds no credential, and cannot be stored in a session.
 */
@SuppressWarnings("exports") // Spring Security is optional to the module
public final class CallerAuthentication implements Authentication {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private transient @Nullable List<GrantedAuthority> authorities;

    private CallerAuthentication(Caller caller) {
        this.caller = caller;
    }

    /**
     * A caller that has authenticated.
     *
     * @param caller the caller
     * @return the authentication
     */
    public static CallerAuthentication of(Caller caller) {
        return new CallerAuthentication(caller);
    }

    /** The caller of an authentication, or null if it is none of ours. */
    static @Nullable Caller callerOf(@Nullable Authentication authentication) {
        return authentication instanceof CallerAuthentication ours ? ours.caller : null;
    }

    /**
     * Who is calling.
     *
     * @return the caller
     */
    public Caller caller() {
        return caller;
    }

    /** {@inheritDoc} The caller. */
    @Override
    public Caller getPrincipal() {
        return caller;
    }

    /** {@inheritDoc} The caller's permissions, made when somebody asks for the first time. */
    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        List<GrantedAuthority> known = authorities;
        if (known == null) {
            known = caller.permissions().stream()
                    .<GrantedAuthority>map(SimpleGrantedAuthority::new)
                    .toList();
            authorities = known;
        }
        return known;
    }

    /** {@inheritDoc} Never anything: the credential is not kept. */
    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public @Nullable Object getDetails() {
        return null;
    }

    @Override
    public boolean isAuthenticated() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException always: it is what it is
     */
    @Override
    public void setAuthenticated(boolean isAuthenticated) {
        throw new IllegalArgumentException(
                "A CallerAuthentication cannot be changed; clear the security context instead");
    }

    @Override
    public String getName() {
        return caller.getName();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that && caller.equals(that.caller);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }

    @Override
    public String toString() {
        return "CallerAuthentication[" + caller + "]";
    }

    /**
     * Refuses to be written down.
     *
     * @param out where to
     * @throws NotSerializableException always
     */
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(
                "A CallerAuthentication lives as long as its request; keep it in no session");
    }
}
