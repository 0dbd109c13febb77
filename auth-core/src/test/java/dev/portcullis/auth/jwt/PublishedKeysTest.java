package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublishedKeysTest {

    @Test
    void a_published_key_is_found_by_its_kid() throws Exception {
        try (ScriptedIssuer issuer = new ScriptedIssuer().publishes(KeyFixture.jwk("a"), KeyFixture.jwk("b"));
                PublishedKeys keys = PublishedKeys.at(issuer.uri()).build()) {
            assertThat(KeyFixture.verifies(keys.find("a"), "a")).isTrue();
            assertThat(KeyFixture.verifies(keys.find("b"), "a")).isFalse();
            assertThat(keys.find(null)).isNull();
            assertThat(keys.find("c")).isNull();
            assertThat(issuer.fetches()).isEqualTo(2);
        }
    }
}
