package dev.portcullis.auth.jwt;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a JWK Set (RFC 7517 section 5) holds, and which of its keys Portcullis would use: for people who look for a
 * fault. {@link PublishedKeys.Builder#report()} makes one of what is published at a URL.
 */
public final class KeySetReport {

    private static final int MAXIMUM_BYTES = 256 * 1024;
    private static final int MAXIMUM_KEYS = 100;
    private static final KeySet NONE = new KeySet(List.of());

    private final boolean fetched;
    private final @Nullable String problem;
    private final @Nullable Duration freshness;
    private final List<Key> keys;
    private final KeySet usable;

    private KeySetReport(
            boolean fetched,
            @Nullable String problem,
            @Nullable Duration freshness,
            List<JudgedKey> judged,
            KeySet usable) {
        this.fetched = fetched;
        this.problem = problem;
        this.freshness = freshness;
        this.keys = judged.stream().map(key -> Key.of(key, usable)).toList();
        this.usable = usable;
    }

    /**
     * One element of the set's {@code keys}. All text is the document's own, as it stands there.
     *
     * @param kid its name, or null if it has none
     * @param type its {@code kty}, or null
     * @param algorithm its {@code alg}, or null
     * @param use its {@code use}, or null
     * @param bits how many bits its RSA modulus has, or 0 if there is none that can be read
     * @param problem why it is passed over, or null if it is used
     */
    public record Key(
            @Nullable String kid,
            @Nullable String type,
            @Nullable String algorithm,
            @Nullable String use,
            int bits,
            @Nullable String problem) {

        private static Key of(JudgedKey judged, KeySet usable) {
            Map<String, Object> members = judged.members() == null ? Map.of() : judged.members();
            SigningKey key = judged.signingKey();
            boolean used = key != null && usable.contains(key);
            return new Key(
                    text(members, "kid"),
                    text(members, "kty"),
                    text(members, "alg"),
                    text(members, "use"),
                    PublishedKey.bits(members),
                    used ? null : judged.problem());
        }

        private static @Nullable String text(Map<String, Object> members, String name) {
            return members.get(name) instanceof String text ? text : null;
        }

        /**
         * Whether tokens can be checked with it.
         *
         * @return whether there is no problem
         */
        public boolean isUsable() {
            return problem == null;
        }
    }

    /**
     * Reads a document that is at hand, within the bounds for documents that are fetched: 256 KiB and 100 keys.
     *
     * @param document the JWK Set
     * @return what was found
     */
    public static KeySetReport of(byte[] document) {
        if (document.length > MAXIMUM_BYTES) {
            return new KeySetReport(true, "has more than " + MAXIMUM_BYTES + " bytes", null, List.of(), NONE);
        }
        return read(document, new KeySetReader(MAXIMUM_BYTES, MAXIMUM_KEYS, null), null);
    }

    static KeySetReport of(DocumentFetch fetch, KeySetReader reader, Freshness freshness) throws InterruptedException {
        HttpResponse<byte[]> answer;
        try {
            answer = fetch.get();
        } catch (FetchFailedException e) {
            return new KeySetReport(false, e.problem(), null, List.of(), NONE);
        }
        Duration fresh = freshness.of(answer.headers().allValues("cache-control"));
        return read(answer.body(), reader, fresh);
    }

    private static KeySetReport read(byte[] document, KeySetReader reader, @Nullable Duration fresh) {
        try {
            List<JudgedKey> judged = reader.judge(document, null);
            KeySet usable = KeySetReader.usable(judged);
            return new KeySetReport(true, usable.isEmpty() ? KeySetReader.NO_USABLE_KEY : null, fresh, judged, usable);
        } catch (FetchFailedException e) {
            return new KeySetReport(true, e.problem(), fresh, List.of(), NONE);
        }
    }

    /**
     * Whether there was a document at all.
     *
     * @return false if it could not be fetched
     */
    public boolean isFetched() {
        return fetched;
    }

    /**
     * Whether tokens can be checked with this set.
     *
     * @return whether at least one key is usable
     */
    public boolean isUsable() {
        return problem == null;
    }

    /**
     * Why no token can be checked with this set.
     *
     * @return what follows "the key set", such as {@code has no usable key}, or null if it is usable
     */
    public @Nullable String problem() {
        return problem;
    }

    /**
     * How long the set would be kept before it is fetched anew: what its issuer says, within bounds.
     *
     * @return a positive time, or null if it was not fetched
     */
    public @Nullable Duration freshness() {
        return freshness;
    }

    /**
     * Every key, usable or not.
     *
     * @return the keys in the order of the document; none if it is no JWK Set
     */
    public List<Key> keys() {
        return keys;
    }

    /** The usable keys. */
    KeySet usable() {
        return usable;
    }

    @Override
    public String toString() {
        return "KeySetReport[" + keys.size() + " keys, " + usable.size() + " usable]";
    }
}
