package dev.portcullis.auth.jwt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys that somebody publishes under names, in a form of their own, at one configured URL. They are fetched as
 * {@link PublishedKeys} are, and by the same settings: see there when, and what happens if it fails. Made by
 * {@link PublishedKeys.Builder#directory}. Safe for use by many threads at once.
 *
 * @param <K> a key
 */
public final class KeyDirectory<K> implements AutoCloseable {

    private final KeyFetching<Entries<K>, K> fetching;

    /**
     * Reads a document that holds keys.
     *
     * @param <K> a key
     */
    @FunctionalInterface
    public interface Reader<K> {

        /**
         * Reads it.
         *
         * @param document its bytes, of which there are no more than allowed
         * @return the usable keys by name; empty if there are none, or the document is not what it should be: then the
         *     fetch counts as failed
         */
        Map<String, K> read(byte[] document);
    }

    /** The keys of one document. */
    private record Entries<K>(Map<String, K> byName) implements NamedKeys<K> {

        @Override
        public @Nullable K find(@Nullable String name) {
            return name == null ? null : byName.get(name);
        }

        @Override
        public int size() {
            return byName.size();
        }
    }

    KeyDirectory(FetchSettings settings, Reader<K> reader) {
        fetching =
                settings.fetching("application/json", (document, previous) -> entries(reader.read(document), previous));
    }

    private static <K> Entries<K> entries(Map<String, K> keys, @Nullable Entries<K> previous)
            throws FetchFailedException {
        if (keys.isEmpty()) {
            throw new FetchFailedException("has no usable key");
        }
        Entries<K> read = new Entries<>(Map.copyOf(keys));
        return previous != null && previous.equals(read) ? previous : read;
    }

    /**
     * The key of a name, after at most one fetch.
     *
     * @param name the name
     * @return the key, or null if none is published under that name
     * @throws dev.portcullis.auth.AuthUnavailableException if it cannot be told
     */
    public @Nullable K find(String name) {
        return fetching.find(name);
    }

    /** Ends fetching, also a fetch under way. The keys at hand still serve, until they are too old. */
    @Override
    public void close() {
        fetching.close();
    }
}
