package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeys;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What a secret-scanning partner found: tokens, of which some are keys of ours. It holds secrets, and shows none. */
final class LeakReport {

    private static final int LONGEST_TEXT = 2048;

    private final List<Found> found;

    private LeakReport(List<Found> found) {
        this.found = found;
    }

    /** One token, and what became of it. */
    private static final class Found {

        private final SecretText secret;
        private final String type;
        private final String url;
        private final String source;
        private boolean real;

        Found(SecretText secret, String type, String url, String source) {
            this.secret = secret;
            this.type = type;
            this.url = url;
            this.source = source;
        }
    }

    /**
     * Reads a report; what names no token is passed over.
     *
     * @return the report, or null if the body is no array of objects
     */
    static @Nullable LeakReport read(byte[] body) {
        List<Map<String, List<Object>>> objects = JSONInput.objects(body);
        return objects == null
                ? null
                : new LeakReport(objects.stream()
                        .filter(object -> !text(object, "token").isEmpty())
                        .map(object -> new Found(
                                SecretText.of(text(object, "token")),
                                text(object, "type"),
                                text(object, "url"),
                                text(object, "source")))
                        .toList());
    }

    private static String text(Map<String, List<Object>> object, String name) {
        return object.getOrDefault(name, List.of("")).get(0) instanceof String text ? text : "";
    }

    private static String bounded(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }

    int size() {
        return found.size();
    }

    /**
     * Revokes what is real.
     *
     * @param told is told of each place where a key of ours was found
     * @throws AuthUnavailableException if the store cannot be asked; what was done until then stays done
     */
    void revoke(APIKeys keys, Actor finder, Consumer<Leak> told) {
        for (Found each : found) {
            APIKey key = revoke(keys, each.secret, finder);
            if (key != null) {
                each.real = true;
                told.accept(new Leak(key, bounded(each.url), bounded(each.source)));
            }
        }
    }

    /** A store that breaks its word and throws anything else could not be asked either. */
    private static @Nullable APIKey revoke(APIKeys keys, SecretText secret, Actor finder) {
        try {
            return keys.revokeLeaked(secret, finder);
        } catch (AuthUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1), e);
        }
    }

    /** The answer that the partner learns from: which tokens were real. */
    Consumer<JsonGenerator> feedback() {
        return out -> {
            out.writeStartArray();
            for (Found each : found) {
                out.writeStartObject();
                byte[] hash = SHA256.of(each.secret).toBytes();
                out.writeStringProperty("token_hash", HexFormat.of().formatHex(hash));
                out.writeStringProperty("token_type", Shown.text(each.type));
                out.writeStringProperty("label", each.real ? "true_positive" : "false_positive");
                out.writeEndObject();
            }
            out.writeEndArray();
        };
    }
}
