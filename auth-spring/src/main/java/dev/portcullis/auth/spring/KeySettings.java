package dev.portcullis.auth.spring;

import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;

/** Makes of {@code portcullis.api-keys} what lets API keys in, and what issues them. */
final class KeySettings {

    private static final String API_KEYS = "portcullis.api-keys";

    private final PortcullisProperties.APIKeys keys;

    KeySettings(PortcullisProperties.APIKeys keys) {
        this.keys = keys;
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
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, API_KEYS);
        }
    }
}
