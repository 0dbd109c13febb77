package dev.portcullis.auth.servlet.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FakeRequest;
import dev.portcullis.auth.servlet.FakeResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Contract section 9: "tells a proven credential everything about itself". */
final class SelfDescriptionTest {

    private static final Instant SOON = Instant.parse("2030-01-01T00:00:01.9Z");
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:02Z");

    private static JsonNode self(CredentialKind kind, Map<String, Object> known) throws IOException {
        return self("192.0.2.1", kind, known);
    }

    private static JsonNode self(@Nullable String client, CredentialKind kind, Map<String, Object> known)
            throws IOException {
        Map<String, Object> all = new TreeMap<>(known);
        for (String name : List.of("key_id", "session_id", "jti", "key_prefix", "environment")) {
            all.put(name, name);
        }
        SelfDescription description = new SelfDescription(
                request -> client == null ? null : IPAddress.parse(client), null, () -> Instant.EPOCH.plusMillis(1));
        Caller caller = Caller.of(kind, "ann", List.of("b", "a"), all);
        FakeResponse response = new FakeResponse();
        KeyAnswer.of(
                        200,
                        description.of(
                                caller,
                                AuthenticationFilter.requestOf(
                                        FakeRequest.of("GET", "/").get())))
                .writeTo(response.get());
        return new ObjectMapper().readTree(response.body());
    }

    private static String expiry(CredentialKind kind, Map<String, Object> known) throws IOException {
        JsonNode self = self(kind, known);
        return self.get("expires_at").asString("none") + " "
                + self.get("expires_reason").asString("none");
    }

    @Test
    void eachKindHasItsOwnIdentifierAndKeysTheirPrefix() throws IOException {
        assertThat(self(CredentialKind.API_KEY, Map.of()).get("id").asString()).isEqualTo("key_id");
        assertThat(self(CredentialKind.SIGNATURE, Map.of()).get("id").asString())
                .isEqualTo("key_id");
        assertThat(self(CredentialKind.SESSION, Map.of()).get("id").asString()).isEqualTo("session_id");
        assertThat(self(CredentialKind.JWT, Map.of()).get("id").asString()).isEqualTo("jti");
        for (CredentialKind kind : List.of(CredentialKind.API_KEY, CredentialKind.SESSION)) {
            assertThat(self(kind, Map.of()).get("key_prefix").asString()).isEqualTo("key_prefix");
            assertThat(self(kind, Map.of()).get("environment").asString()).isEqualTo("environment");
        }
        for (CredentialKind kind : List.of(CredentialKind.JWT, CredentialKind.SIGNATURE)) {
            assertThat(self(kind, Map.of()).get("key_prefix").isNull()).isTrue();
            assertThat(self(kind, Map.of()).get("environment").isNull()).isTrue();
        }
    }

    @Test
    void aTokenEndsAsItSays() throws IOException {
        assertThat(expiry(CredentialKind.JWT, Map.of("exp", 1))).isEqualTo("1970-01-01T00:00:01Z exp");
        assertThat(expiry(CredentialKind.JWT, Map.of())).isEqualTo("none none");
        assertThat(expiry(CredentialKind.JWT, Map.of("exp", Long.MAX_VALUE))).isEqualTo("none none");
        assertThat(expiry(CredentialKind.JWT, Map.of("expires_at", SOON, "expires_reason", "age")))
                .isEqualTo("none none");
    }

    @Test
    void aKeyEndsForTheReasonThatIsKnown() throws IOException {
        Map<String, Object> known = Map.of("expires_at", SOON, "expires_reason", "age", "session_expires_at", LATER);
        assertThat(expiry(CredentialKind.API_KEY, known)).isEqualTo("2030-01-01T00:00:01Z age");
        assertThat(expiry(CredentialKind.API_KEY, Map.of("expires_reason", "age")))
                .isEqualTo("none none");
        assertThat(expiry(CredentialKind.SIGNATURE, known)).isEqualTo("none none");
    }

    @Test
    void aSessionEndsByItselfOrWithItsKey() throws IOException {
        assertThat(expiry(
                        CredentialKind.SESSION,
                        Map.of("expires_at", SOON, "expires_reason", "age", "session_expires_at", LATER)))
                .isEqualTo("2030-01-01T00:00:01Z age");
        assertThat(expiry(
                        CredentialKind.SESSION,
                        Map.of("expires_at", LATER, "expires_reason", "age", "session_expires_at", SOON)))
                .isEqualTo("2030-01-01T00:00:01Z session");
        assertThat(expiry(
                        CredentialKind.SESSION,
                        Map.of("expires_at", SOON, "expires_reason", "age", "session_expires_at", SOON)))
                .isEqualTo("2030-01-01T00:00:01Z session");
        assertThat(expiry(CredentialKind.SESSION, Map.of("session_expires_at", SOON)))
                .isEqualTo("2030-01-01T00:00:01Z session");
        assertThat(expiry(CredentialKind.SESSION, Map.of("expires_at", SOON, "expires_reason", "age")))
                .isEqualTo("2030-01-01T00:00:01Z age");
    }

    @Test
    void addressesAreThoseOfTheKeyAndOfTheClient() throws IOException {
        Map<String, Object> tied = Map.of("ip_allowlist", AllowList.of(List.of("198.51.100.1")));
        JsonNode key = self(CredentialKind.API_KEY, tied);
        assertThat(key.get("ip_allowlist").get(0).asString()).isEqualTo("198.51.100.1");
        assertThat(key.get("your_ip").asString()).isEqualTo("192.0.2.1");
        assertThat(key.get("your_ip_allowed").asBoolean()).isFalse();
        assertThat(self("198.51.100.1", CredentialKind.SESSION, tied)
                        .get("your_ip_allowed")
                        .asBoolean())
                .isTrue();
        JsonNode token = self(CredentialKind.JWT, tied);
        assertThat(token.get("ip_allowlist")).isEmpty();
        assertThat(token.get("your_ip_allowed").asBoolean()).isTrue();
        assertThat(self(null, CredentialKind.JWT, Map.of()).get("your_ip").isNull())
                .isTrue();
    }

    @Test
    void theRestIsToldToo() throws IOException {
        JsonNode self = self(CredentialKind.JWT, Map.of());
        assertThat(self.get("kind").asString()).isEqualTo("jwt");
        assertThat(self.get("subject").asString()).isEqualTo("ann");
        assertThat(self.get("status").asString()).isEqualTo("active");
        assertThat(self.get("permissions").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(self.get("account_standing").asString()).isEqualTo("active");
        assertThat(self.get("server_time").asString()).isEqualTo("1970-01-01T00:00:00Z");
    }
}
