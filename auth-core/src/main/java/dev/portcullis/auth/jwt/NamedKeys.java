package dev.portcullis.auth.jwt;

import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of published keys.
 *
 * @param <K> a key
 */
interface NamedKeys<K> {

    /**
     * Finds a key.
     *
     * @param name what it goes by, or null for the one key that needs no name, if there is one
     * @return the key, or null if there is none
     */
    @Nullable
    K find(@Nullable String name);

    /** How many usable keys there are. */
    int size();
}
