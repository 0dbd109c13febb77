package dev.portcullis.auth.apikey;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked for when a key is to be issued. Immutable; nothing is checked before the key is issued. */
public final class KeyRequest {

    final String name;
    final Environment environment;
    final List<String> scopes;
    final @Nullable Instant expiresAt;
    final List<String> allowList;

    private KeyRequest(
            String name,
            Environment environment,
            List<String> scopes,
            @Nullable Instant expiresAt,
            List<String> allowList) {
        this.name = name;
        this.environment = environment;
        this.scopes = scopes;
        this.expiresAt = expiresAt;
        this.allowList = allowList;
    }

    /**
     * A request for a key without scopes, for {@link Environment#LIVE}, that does not expire and may be used everywhere.
     *
     * @param name what its owner calls it: 1 to 100 characters, of which some can be seen, and none is a control
     *     character
     * @return the request
     */
    public static KeyRequest named(String name) {
        return new KeyRequest(name, Environment.LIVE, List.of(), null, List.of());
    }

    /**
     * The same request for an environment.
     *
     * @param environment what the key is meant for
     * @return another request
     */
    public KeyRequest environment(Environment environment) {
        return new KeyRequest(name, environment, scopes, expiresAt, allowList);
    }

    /**
     * The same request with scopes.
     *
     * @param scopes the permissions of the key's callers, each a {@code scope-token} of RFC 6749 section 3.3; copied
     * @return another request
     */
    public KeyRequest scopes(Collection<String> scopes) {
        return new KeyRequest(name, environment, List.copyOf(scopes), expiresAt, allowList);
    }

    /**
     * The same request with an expiry.
     *
     * @param expiresAt the first moment at which the key no longer works, in the future; or null if there is none
     * @return another request
     */
    public KeyRequest expiresAt(@Nullable Instant expiresAt) {
        return new KeyRequest(name, environment, scopes, expiresAt, allowList);
    }

    /**
     * The same request with an allow-list.
     *
     * @param allowList the addresses and blocks from which the key may be used; everywhere, if there are none; copied
     * @return another request
     */
    public KeyRequest allowList(Collection<String> allowList) {
        return new KeyRequest(name, environment, scopes, expiresAt, List.copyOf(allowList));
    }

    /** Nothing of it: a name may be what somebody pasted by mistake. */
    @Override
    public String toString() {
        return "KeyRequest";
    }
}
