package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AllowList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be changed of a key; what is not named stays. Immutable. */
public final class KeyChange {

    private static final KeyChange NOTHING = new KeyChange(null, null, null);

    private final @Nullable String name;
    private final @Nullable Set<String> scopes;
    private final @Nullable List<String> allowList;

    private KeyChange(@Nullable String name, @Nullable Set<String> scopes, @Nullable List<String> allowList) {
        this.name = name;
        this.scopes = scopes;
        this.allowList = allowList;
    }

    /**
     * The start of a change.
     *
     * @return a change of nothing
     */
    public static KeyChange nothing() {
        return NOTHING;
    }

    /**
     * The same change, and of the name.
     *
     * @param newName what the owner calls the key from now on
     * @return another change
     */
    public KeyChange name(String newName) {
        return new KeyChange(newName, scopes, allowList);
    }

    /**
     * The same change, and of the scopes.
     *
     * @param newScopes all scopes that the key has from now on; copied
     * @return another change
     */
    public KeyChange scopes(Collection<String> newScopes) {
        return new KeyChange(name, Set.copyOf(newScopes), allowList);
    }

    /**
     * The same change, and of the allow-list.
     *
     * @param newAllowList all addresses and blocks from which the key may be used from now on; everywhere, if there are
     *     none; copied
     * @return another change
     */
    public KeyChange allowList(Collection<String> newAllowList) {
        return new KeyChange(name, scopes, List.copyOf(newAllowList));
    }

    /**
     * The new name.
     *
     * @return the name, or null if it stays
     */
    public @Nullable String name() {
        return name;
    }

    /**
     * The new scopes.
     *
     * @return an immutable set, or null if they stay
     */
    public @Nullable Set<String> scopes() {
        return scopes;
    }

    /**
     * The new allow-list.
     *
     * @return an immutable list, as it was given; or null if it stays
     */
    public @Nullable List<String> allowList() {
        return allowList;
    }

    /**
     * Makes the change.
     *
     * @param key the key as it stands
     * @return the key as it is to be; equal to the other if there is nothing to change
     * @throws IllegalArgumentException if an entry of the allow-list is none
     */
    public APIKey appliedTo(APIKey key) {
        APIKeyBuilder changed = key.toBuilder();
        if (name != null) {
            changed.name(name);
        }
        if (scopes != null) {
            changed.scopes(scopes);
        }
        if (allowList != null) {
            changed.allowList(AllowList.of(allowList));
        }
        return changed.build();
    }

    /** Which fields change, not to what. */
    @Override
    public String toString() {
        return "KeyChange[name=" + (name != null) + ", scopes=" + (scopes != null) + ", allowList="
                + (allowList != null) + "]";
    }
}
