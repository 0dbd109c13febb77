package dev.portcullis.auth.spring;

import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.KeyHashing;
import org.jspecify.annotations.Nullable;

/** Makes of {@code portcullis.api-keys} what lets API keys in, and what issues them. */
final class KeySettings {

    private static final String API_KEYS = "portcullis.api-keys";

    private final APIKeyProperties keys;
    private final @Nullable KeyHashing hashing;

    /**
     * Settings.
     *
     * @param hashing how keys are hashed; plainly if null
     */
    KeySettings(APIKeyProperties keys, @Nullable KeyHashing hashing) {
        this.keys = keys;
        this.hashing = hashing;
    }

    APIKeyAuthentication authentication(APIKeyStore store) {
        APIKeyAuthentication.Builder builder = APIKeyAuthentication.builder().store(store);
        if (keys.prefix() != null) {
            builder.prefix(keys.prefix());
        }
        if (!keys.environments().isEmpty()) {
            builder.environments(keys.environments().toArray(Environment[]::new));
        }
        if (keys.maximumKeyAge() != null) {
            builder.maximumKeyAge(keys.maximumKeyAge());
        }
        if (keys.lapseAfterIssue() != null) {
            builder.lapseAfterIssue(keys.lapseAfterIssue());
        }
        if (keys.lapseAfterLastUse() != null) {
            builder.lapseAfterLastUse(keys.lapseAfterLastUse());
        }
        if (hashing != null) {
            builder.hashing(hashing);
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, API_KEYS);
        }
    }

    APIKeys issuing(APIKeyStore store) {
        APIKeys.Builder builder = APIKeys.builder().store(store);
        if (keys.prefix() != null) {
            builder.prefix(keys.prefix());
        }
        if (hashing != null) {
            builder.hashing(hashing);
        }
        apply(keys.issuing(), builder);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw String.valueOf(e.getMessage()).startsWith("prefix")
                    ? CoreSetting.wrong(e, API_KEYS)
                    : CoreSetting.wrongUnder(API_KEYS + ".issuing", e);
        }
    }

    private static void apply(APIKeyProperties.Issuing issuing, APIKeys.Builder builder) {
        if (!issuing.scopeCatalogue().isEmpty()) {
            builder.scopeCatalogue(issuing.scopeCatalogue());
        }
        if (issuing.maximumKeys() != null) {
            builder.maximumKeys(issuing.maximumKeys());
        }
        if (issuing.maximumAddresses() != null) {
            builder.maximumAddresses(issuing.maximumAddresses());
        }
        if (issuing.maximumLifetime() != null) {
            builder.maximumLifetime(issuing.maximumLifetime());
        }
        if (issuing.usualLifetime() != null) {
            builder.usualLifetime(issuing.usualLifetime());
        }
    }
}
