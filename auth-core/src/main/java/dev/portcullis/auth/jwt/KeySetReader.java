package dev.portcullis.auth.jwt;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        Set<String> problems = new LinkedHashSet<>();
        List<PublishedKey> published = usable(parse(document), problems);
        KeySet keys = new KeySet(withoutTwins(published, previous, problems));
        for (String problem : problems) {
            if (!problemsBefore.contains(problem)) {
                LOG.warn("A published signing key is passed over: {}", problem);
            }
        }
        problemsBefore = problems;
        if (keys.isEmpty()) {
            throw new FetchFailedException("has no usable key");
        }
        return previous != null && previous.isSameAs(keys) ? previous : keys;
    }

    /** The elements of {@code keys}: the members of each, or null for what is not an object with distinct members. */
    private List<@Nullable Map<String, Object>> parse(byte[] document) throws FetchFailedException {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), document)) {
            List<@Nullable Map<String, Object>> keys = null;
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

    private List<@Nullable Map<String, Object>> keys(JsonParser parser) throws FetchFailedException {
        require(parser.currentToken() == JsonToken.START_ARRAY, "has a member named keys that is not an array");
        List<@Nullable Map<String, Object>> keys = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(keys.size() < maximumKeys, "has more than " + maximumKeys + " keys");
            keys.add(parser.currentToken() == JsonToken.START_OBJECT ? PublishedKey.members(parser) : null);
            parser.skipChildren();
        }
        return keys;
    }

    private static List<PublishedKey> usable(List<@Nullable Map<String, Object>> keys, Set<String> problems) {
        List<PublishedKey> usable = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Map<String, Object> members = keys.get(i);
            try {
                if (members == null) {
                    throw new UnusableKeyException("it is not a JSON object with distinct members");
                }
                usable.add(PublishedKey.of(members));
            } catch (UnusableKeyException e) {
                Object kid = members == null ? null : members.get("kid");
                String name = kid instanceof String text ? LogText.quoted(text) : "number " + (i + 1);
                problems.add(name + ": " + e.problem());
            }
        }
        return usable;
    }

    /** Two usable keys with one {@code kid}: which one a token means would be a guess, so neither is used. */
    private Collection<SigningKey> withoutTwins(
            List<PublishedKey> published, @Nullable KeySet previous, Set<String> problems) {
        Map<@Nullable String, Integer> times = new HashMap<>();
        published.forEach(key -> times.merge(key.kid(), 1, Integer::sum));
        List<SigningKey> keys = new ArrayList<>();
        for (PublishedKey key : published) {
            String name = key.kid() == null ? "one without kid" : LogText.quoted(key.kid());
            if (key.kid() != null && times.getOrDefault(key.kid(), 0) > 1) {
                problems.add(name + ": more than one key has this kid");
                continue;
            }
            if (key.kid() == null && published.size() > 1) {
                problems.add(name + ": it can only be used where it is the one usable key");
            }
            try {
                keys.add(signingKey(key, previous));
            } catch (GeneralSecurityException | RuntimeException e) {
                problems.add(name + ": the signature provider refuses it (" + LogText.plain(e.toString()) + ")");
            }
        }
        return keys;
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
