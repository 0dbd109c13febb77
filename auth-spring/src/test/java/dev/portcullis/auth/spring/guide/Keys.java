package dev.portcullis.auth.spring.guide;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** API keys, and what is told of them. */
final class Keys {

    private Keys() {}

    @Configuration
    static class KeyStore {

        @Bean
        APIKeyStore apiKeys() {
            return new InMemoryAPIKeyStore();
        }
    }

    @Component
    static class KeyDesk {

        private final APIKeys keys;

        KeyDesk(APIKeys keys) {
            this.keys = keys;
        }

        String issue(String account) {
            return keys.issue(account, "first key", Environment.LIVE, List.of("catalog:read"), null)
                    .plaintext();
        }
    }

    @Component
    static class RefusalLog {

        private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

        @EventListener
        void refused(AuthEvent event) {
            LOG.info("{} {} {}", event.type(), event.kind(), event.reason());
        }
    }
}
