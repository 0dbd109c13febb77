package dev.portcullis.auth.jwt;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JWK Sets (RFC 7517 section 5). An unusable key is passed over with a warning; a document that is not a JWK Set,
 * or has no usable key, is refused as a whole. Used by one thread at a time.
 */
final class KeySetReader {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
    private static final int DEEPEST = 64;

    /** What is wrong with a JWK Set that no token can be checked with. */
    static final String NO_USABLE_KEY = "has no usable key";

    private final int maximumKeys;
    private final @Nullable Provider provider;
    private final JsonFactory json;
    private Set<String> problemsBefore = Set.of();

    KeySetReader(int maximumBytes, int maximumKeys, @Nullable Provider provider) {
        this.maximumKeys = maximumKeys;
        this.provider = provider;
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxDocumentLength(maximumBytes)
                .maxStringLength(maximumBytes)
                .maxNameLength(maximumBytes)
                .build();
        json = JsonFactory.builder().streamReadConstraints(constraints).build();
    }

    /**
     * Reads a document.
     *
     * @param previous the set before, whose keys are kept as they are if they are still published unchanged
     * @return the usable keys, at least one; the previous set itself if nothing has changed
     */
    KeySet read(byte[] document, @Nullable KeySet previous) throws FetchFailedException {
        List<JudgedKey> judged = judge(document, previous);
        warn(judged);
        KeySet keys = usable(judged);
        if (keys.isEmpty()) {
            throw new FetchFailedException(NO_USABLE_KEY);
        }
        return previous != null && previous.isSameAs(keys) ? previous : keys;
    }

    /** Tells of every distinct problem that was not there the last time. */
    private void warn(List<JudgedKey> judged) {
        Set<String> problems = new LinkedHashSet<>();
        for (JudgedKey key : judged) {
            if (key.problem() != null) {
                problems.add(key.name() + ": " + key.problem());
            }
        }
        for (String problem : problems) {
            if (!problemsBefore.contains(problem)) {
                LOG.warn("A published signing key is passed over: {}", problem);
            }
        }
        problemsBefore = problems;
    }

    /** The keys that can verify signatures, or none. */
    static KeySet usable(List<JudgedKey> judged) {
        return new KeySet(judged.stream()
                .map(JudgedKey::signingKey)
                .filter(Objects::nonNull)
                .toList());
    }

    /**
     * Judges every key of a document, in its order.
     *
     * @param previous the set before, whose keys are kept as they are if they are still published unchanged
     * @throws FetchFailedException if the document is no JWK Set
     */
    List<JudgedKey> judge(byte[] document, @Nullable KeySet previous) throws FetchFailedException {
        List<JudgedKey> alone = parse(document);
        Map<String, Integer> times = new HashMap<>();
        int fit = 0;
        for (JudgedKey key : alone) {
            PublishedKey published = key.published();
            if (published != null) {
                fit++;
                if (published.kid() != null) {
                    times.merge(published.kid(), 1, Integer::sum);
                }
            }
        }
        List<JudgedKey> judged = new ArrayList<>(alone.size());
        for (JudgedKey key : alone) {
            judged.add(among(key, times, fit, previous));
        }
        return judged;
    }

    /** The elements of {@code keys}, each by itself. */
    private List<JudgedKey> parse(byte[] document) throws FetchFailedException {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), document)) {
            List<JudgedKey> keys = null;
            require(parser.nextToken() == JsonToken.START_OBJECT, "is not a JSON object");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isKeys = parser.currentName().equals("keys");
                parser.nextToken();
                if (isKeys) {
                    require(keys == null, "has two members named keys");
                    keys = keys(parser);
                }
                parser.skipChildren();
            }
            require(parser.nextToken() == null, "has something after its JSON object");
            if (keys == null) {
                throw new FetchFailedException("has no member named keys");
            }
            return keys;
        } catch (JacksonException e) {
            // The parser's own words can quote the document, and a document can hold what should not be in a log.
            TokenStreamLocation where = e.getLocation();
            String place = where == null ? "" : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
            throw new FetchFailedException("is not JSON within the limits of size and depth" + place);
        }
    }

    private List<JudgedKey> keys(JsonParser parser) throws FetchFailedException {
        require(parser.currentToken() == JsonToken.START_ARRAY, "has a member named keys that is not an array");
        List<JudgedKey> keys = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(keys.size() < maximumKeys, "has more than " + maximumKeys + " keys");
            boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
            keys.add(JudgedKey.of(keys.size() + 1, isObject ? PublishedKey.members(parser) : null));
            parser.skipChildren();
        }
        return keys;
    }

    /** Two usable keys with one {@code kid}: which one a token means would be a guess, so neither is used. */
    private JudgedKey among(JudgedKey key, Map<String, Integer> times, int fit, @Nullable KeySet previous) {
        PublishedKey published = key.published();
        if (published == null) {
            return key;
        }
        if (published.kid() != null && times.getOrDefault(published.kid(), 0) > 1) {
            return key.passedOver("more than one key has this kid");
        }
        try {
            boolean nameless = published.kid() == null && fit > 1;
            return key.ready(
                    signingKey(published, previous),
                    nameless ? "it can only be used where it is the one usable key" : null);
        } catch (GeneralSecurityException | RuntimeException e) {
            return key.passedOver("the signature provider refuses it (" + LogText.plain(e.toString()) + ")");
        }
    }

    private SigningKey signingKey(PublishedKey key, @Nullable KeySet previous) throws GeneralSecurityException {
        SigningKey before = previous == null ? null : previous.find(key.kid());
        return before != null && before.is(key.kid(), key.modulus(), key.exponent())
                ? before
                : new SigningKey(key.kid(), key.modulus(), key.exponent(), provider);
    }

    private static void require(boolean met, String problem) throws FetchFailedException {
        if (!met) {
            throw new FetchFailedException(problem);
        }
    }
}
