package dev.portcullis.auth.apikey;

import static dev.portcullis.auth.apikey.HeadersOnly.bearer;
import static dev.portcullis.auth.apikey.HeadersOnly.header;
import static dev.portcullis.auth.apikey.HeadersOnly.none;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract sections 1, 2 and 4: which credentials are keys, and what is said of each, in the order of the rows. */
class APIKeyAuthenticationTest {

    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";
    private static final String HEX = "0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private Instant now = START;
    private final WatchedStore store = new WatchedStore();
    private final APIKeys keys = APIKeys.builder().store(store).clock(() -> now).build();
    private APIKeyAuthentication method = settings().build();

    @AfterEach
    void close() {
        method.close();
    }

    private APIKeyAuthentication.Builder settings() {
        return APIKeyAuthentication.builder().store(store).clock(() -> now);
    }

    private void use(APIKeyAuthentication.Builder other) {
        method.close();
        method = other.build();
    }

    private IssuedAPIKey issued() {
        return issued(Environment.LIVE);
    }

    private IssuedAPIKey issued(Environment environment) {
        return keys.issue("account-1", "CI", environment, Set.of("catalog:read", "holdings:read"), null);
    }

    private void accepted(AuthRequest request) {
        assertThat(method.authenticate(request)).isInstanceOf(Outcome.Authenticated.class);
    }

    private void rejected(AuthRequest request, Reason reason) {
        assertThat(method.authenticate(request)).isEqualTo(Outcome.rejected(reason, CredentialKind.API_KEY));
    }

    private void refusedAsAWhole(AuthRequest request, Reason reason) {
        assertThat(method.authenticate(request)).isEqualTo(Outcome.rejected(reason, null));
    }

    private void notApplicable(AuthRequest request) {
        assertThat(method.authenticate(request)).isEqualTo(Outcome.notApplicable());
    }

    // Section 1: "not its own → not applicable: the next class is asked"

    @Test
    void a_request_without_a_key_is_left_to_others() {
        notApplicable(none());
        notApplicable(bearer(JWT));
        notApplicable(none().authorization("Basic Z3JkX2xpdmU6eA=="));
        notApplicable(none().authorization("Token grd_live_" + HEX));
        notApplicable(none().authorization("grd_live_" + HEX));
        notApplicable(none().authorization("Bearergrd_live_" + HEX));
    }

    @Test
    void a_bearer_token_that_does_not_begin_with_the_prefix_is_left_to_others() {
        notApplicable(bearer("grd"));
        notApplicable(bearer("GRD_live_" + HEX));
        notApplicable(bearer("Grd_live_" + HEX));
        notApplicable(bearer("grdlive_" + HEX));
        notApplicable(bearer("xgrd_live_" + HEX));
        notApplicable(bearer("ｇrd_live_" + HEX));
    }

    @Test
    void the_scheme_is_compared_without_regard_to_case() {
        String key = issued().plaintext();
        for (String scheme : List.of("Bearer", "bearer", "BEARER", "bEaReR")) {
            accepted(none().authorization(scheme + " " + key));
        }
    }

    // Section 2: the first rows, whatever the credential is

    @Test
    void the_way_in_which_credentials_were_sent_is_judged_first() {
        String key = issued().plaintext();
        refusedAsAWhole(none().authorization("Bearer"), Reason.EMPTY_BEARER);
        refusedAsAWhole(none().authorization("Bearer  \t "), Reason.EMPTY_BEARER);
        refusedAsAWhole(none().authorization("Bearer").key(key), Reason.EMPTY_BEARER);
        refusedAsAWhole(bearer(key + " " + key), Reason.BEARER_WITH_SPACES);
        refusedAsAWhole(bearer(key + "\tx"), Reason.BEARER_WITH_SPACES);
        refusedAsAWhole(bearer(key).authorization("Bearer " + key), Reason.REPEATED_AUTHORIZATION);
        refusedAsAWhole(bearer("grd_broken").authorization("Basic x"), Reason.REPEATED_AUTHORIZATION);
    }

    @Test
    void two_credentials_are_one_too_many_unless_they_are_the_same_key() {
        String key = issued().plaintext();
        accepted(bearer(key).key(key));
        accepted(bearer(key).key("  " + key + "\t"));
        refusedAsAWhole(bearer(key).key(issued().plaintext()), Reason.MORE_THAN_ONE_CREDENTIAL);
        refusedAsAWhole(header(key).key(key), Reason.MORE_THAN_ONE_CREDENTIAL);
        refusedAsAWhole(bearer(JWT).key(key), Reason.MORE_THAN_ONE_CREDENTIAL);
        refusedAsAWhole(bearer(JWT).key(JWT), Reason.MORE_THAN_ONE_CREDENTIAL);
        refusedAsAWhole(bearer("GRD_x").key("GRD_x"), Reason.MORE_THAN_ONE_CREDENTIAL);
        rejected(bearer("grd_x").key("grd_x"), Reason.MALFORMED_API_KEY);
    }

    @Test
    void another_scheme_beside_the_key_header_is_not_a_second_credential() {
        accepted(header(issued().plaintext()).authorization("Basic dTpw"));
    }

    // "Malformed API key."

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grd_",
                "grd_live",
                "grd_live_",
                "grd_test_",
                "grd__" + HEX,
                "grd_" + HEX,
                "grd_prod_" + HEX,
                "grd_LIVE_" + HEX,
                "grd_Live_" + HEX,
                "grd_live-" + HEX,
                "grd_live" + HEX,
                "grd_live__" + HEX,
                "grd_live_live_" + HEX,
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcde",
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcdef0",
                "grd_live_0123456789ABCDEF0123456789abcdef0123456789abcdef",
                "grd_live_0123456789abcdeg0123456789abcdef0123456789abcdef",
                "grd_live_/123456789abcdef0123456789abcdef0123456789abcdef",
                "grd_live_:123456789abcdef0123456789abcdef0123456789abcdef",
                "grd_live_`123456789abcdef0123456789abcdef0123456789abcdef",
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcde\0",
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcdef\0",
                "grd_live_\u0660123456789abcdef0123456789abcdef0123456789abcdef",
                "grd_live_\uff10123456789abcdef0123456789abcdef0123456789abcdef",
                "grd_live_\u0130123456789abcdef0123456789abcdef0123456789abcdef",
                "grd_live_\u00b0123456789abcdef0123456789abcdef0123456789abcdef",
                "grd_live_p123456789abcdef0123456789abcdef0123456789abcdef",
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcdef\n",
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcdef\u00a0",
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcdef,",
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcdef%00",
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcde=",
            })
    void a_key_of_another_shape_is_malformed(String text) {
        rejected(bearer(text), Reason.MALFORMED_API_KEY);
        rejected(header(text), Reason.MALFORMED_API_KEY);
        assertThat(store.finds).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "GRD_live_" + HEX, "Bearer grd_live_" + HEX, HEX, JWT, "grd_live_ " + HEX})
    void any_other_value_in_the_key_header_is_malformed(String text) {
        rejected(header(text), Reason.MALFORMED_API_KEY);
        assertThat(store.finds).hasValue(0);
    }

    @Test
    void white_space_around_the_value_is_not_part_of_it() {
        String key = issued().plaintext();
        accepted(none().authorization(" \tBearer \t " + key + " \t "));
        accepted(header("\t " + key + " \t"));
    }

    @Test
    void each_of_the_48_digits_must_be_one_whatever_the_character() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            char[] text = ("grd_live_" + HEX).toCharArray();
            char c = (char) random.nextInt(i % 2 == 0 ? 0x100 : 0x10000);
            text[9 + random.nextInt(48)] = c;
            boolean digit = "0123456789abcdef".indexOf(c) >= 0;
            // White space is the business of the header's own rules, tested above.
            if (c != ' ' && c != '\t') {
                Reason expected = digit ? Reason.UNKNOWN_API_KEY : Reason.MALFORMED_API_KEY;
                assertThat(method.authenticate(bearer(new String(text))))
                        .as("U+%04X, seed %d", (int) c, seed)
                        .isEqualTo(Outcome.rejected(expected, CredentialKind.API_KEY));
            }
        }
    }

    // "Invalid API key."

    @Test
    void a_key_that_was_never_issued_is_invalid() {
        rejected(bearer("grd_live_" + HEX), Reason.UNKNOWN_API_KEY);
        rejected(header("grd_test_" + HEX), Reason.UNKNOWN_API_KEY);
    }

    @Test
    void a_deleted_key_is_invalid() {
        IssuedAPIKey issued = issued();
        accepted(bearer(issued.plaintext()));
        keys.delete(issued.key().id());
        rejected(bearer(issued.plaintext()), Reason.UNKNOWN_API_KEY);
    }

    @Test
    void a_live_key_is_not_a_test_key() {
        String key = issued().plaintext();
        rejected(bearer(key.replace("_live_", "_test_")), Reason.UNKNOWN_API_KEY);
    }

    @Test
    void keys_of_an_environment_that_is_not_accepted_are_invalid_and_not_looked_up() {
        String live = issued(Environment.LIVE).plaintext();
        String test = issued(Environment.TEST).plaintext();
        accepted(bearer(live));
        accepted(bearer(test));
        use(settings().environments(Environment.LIVE));
        accepted(bearer(live));
        int before = store.finds.get();
        rejected(bearer(test), Reason.API_KEY_OF_OTHER_ENVIRONMENT);
        rejected(bearer("grd_test_" + HEX), Reason.API_KEY_OF_OTHER_ENVIRONMENT);
        rejected(bearer("grd_test_x"), Reason.MALFORMED_API_KEY);
        assertThat(store.finds).hasValue(before);
        assertThat(Reason.API_KEY_OF_OTHER_ENVIRONMENT.detail()).isEqualTo("Invalid API key.");
        use(settings().environments(Environment.TEST, Environment.TEST));
        rejected(bearer(live), Reason.API_KEY_OF_OTHER_ENVIRONMENT);
        accepted(bearer(test));
    }

    // "Nothing about a key's state is told unless the whole key matched."

    @Test
    void a_key_with_any_one_digit_changed_is_invalid_even_if_the_right_one_is_revoked() {
        IssuedAPIKey issued = issued();
        keys.revoke(issued.key().id());
        rejected(bearer(issued.plaintext()), Reason.API_KEY_REVOKED);
        for (int i = 9; i < issued.plaintext().length(); i++) {
            char[] text = issued.plaintext().toCharArray();
            text[i] = text[i] == '0' ? '1' : '0';
            rejected(bearer(new String(text)), Reason.UNKNOWN_API_KEY);
        }
    }

    private void put(APIKey key) {
        store.memory.add(key, AddTerms.any(), new AuditNote(AuditAction.ISSUE, Actor.APPLICATION, START));
    }

    @Test
    void a_record_that_does_not_fit_the_text_is_nobodys() {
        IssuedAPIKey issued = issued();
        APIKey key = issued.key();
        keys.delete(key.id());
        put(key.toBuilder().keyPrefix(key.keyPrefix().replace("live", "test")).build());
        rejected(bearer(issued.plaintext()), Reason.UNKNOWN_API_KEY);
        keys.delete(key.id());
        put(key.toBuilder().keyPrefix(key.keyPrefix().replace("grd", "acme")).build());
        rejected(bearer(issued.plaintext()), Reason.UNKNOWN_API_KEY);
        keys.delete(key.id());
        put(key);
        accepted(bearer(issued.plaintext()));
    }

    // "revoked (reported before expiry)", "`expires_at` is not after now, or the key is older than …"

    @Test
    void a_revoked_key_is_refused_and_that_is_reported_before_expiry() {
        IssuedAPIKey issued = keys.issue("account-1", "CI", Environment.LIVE, Set.of(), START.plusSeconds(60));
        keys.revoke(issued.key().id());
        rejected(bearer(issued.plaintext()), Reason.API_KEY_REVOKED);
        now = START.plusSeconds(120);
        rejected(bearer(issued.plaintext()), Reason.API_KEY_REVOKED);
        now = START.minusSeconds(120);
        rejected(bearer(issued.plaintext()), Reason.API_KEY_REVOKED);
    }

    @Test
    void a_key_works_until_the_moment_before_it_expires() {
        Instant end = START.plusSeconds(60);
        String key =
                keys.issue("account-1", "CI", Environment.LIVE, Set.of(), end).plaintext();
        now = end.minusMillis(1);
        accepted(bearer(key));
        now = end;
        rejected(bearer(key), Reason.API_KEY_EXPIRED);
        now = end.plusMillis(1);
        rejected(bearer(key), Reason.API_KEY_EXPIRED);
    }

    @Test
    void a_key_that_is_older_than_the_global_age_has_expired_whatever_its_own_expiry() {
        String forever = issued().plaintext();
        String late = keys.issue("account-1", "CI", Environment.LIVE, Set.of(), START.plus(Duration.ofDays(900)))
                .plaintext();
        use(settings().maximumKeyAge(Duration.ofDays(90)));
        now = START.plus(Duration.ofDays(90));
        accepted(bearer(forever));
        accepted(bearer(late));
        now = now.plusMillis(1);
        rejected(bearer(forever), Reason.API_KEY_EXPIRED);
        rejected(bearer(late), Reason.API_KEY_EXPIRED);
        use(settings().maximumKeyAge(Duration.ofSeconds(Long.MAX_VALUE)));
        accepted(bearer(forever));
    }

    @Test
    void a_key_that_expires_before_the_global_age_expires_then() {
        String key = keys.issue("account-1", "CI", Environment.LIVE, Set.of(), START.plusSeconds(1))
                .plaintext();
        use(settings().maximumKeyAge(Duration.ofDays(90)));
        now = START.plusSeconds(1);
        rejected(bearer(key), Reason.API_KEY_EXPIRED);
    }

    // The caller

    @Test
    void the_caller_is_the_owner_with_the_scopes_of_the_key() {
        IssuedAPIKey issued = issued();
        for (AuthRequest request : List.of(bearer(issued.plaintext()), header(issued.plaintext()))) {
            Outcome outcome = method.authenticate(request);
            assertThat(outcome).isInstanceOf(Outcome.Authenticated.class);
            Caller caller = ((Outcome.Authenticated) outcome).caller();
            assertThat(caller.kind()).isEqualTo(CredentialKind.API_KEY);
            assertThat(caller.subject()).isEqualTo("account-1");
            assertThat(caller.permissions()).containsExactlyInAnyOrder("catalog:read", "holdings:read");
            assertThat(caller.attributes())
                    .isEqualTo(Map.of(
                            "key_id",
                            issued.key().id().toString(),
                            "key_prefix",
                            issued.plaintext().substring(0, 17),
                            "name",
                            "CI",
                            "environment",
                            "live",
                            "ip_allowlist",
                            AllowList.everywhere()));
        }
    }

    @Test
    void the_attributes_answer_like_any_immutable_map() {
        Outcome outcome = method.authenticate(bearer(issued(Environment.TEST).plaintext()));
        Map<String, Object> attributes =
                ((Outcome.Authenticated) outcome).caller().attributes();
        assertThat(attributes.get("environment")).isEqualTo("test");
        assertThat(attributes.get("name")).isEqualTo("CI");
        assertThat(attributes.get("hash")).isNull();
        assertThat(attributes.containsKey("key_id")).isTrue();
        assertThat(attributes.containsKey("hash")).isFalse();
        attributes.forEach((name, value) -> assertThat(attributes.get(name)).isEqualTo(value));
        assertThatThrownBy(() -> attributes.put("name", "x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(attributes::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_key_can_have_no_scopes_at_all() {
        String key =
                keys.issue("account-1", "CI", Environment.LIVE, Set.of(), null).plaintext();
        Outcome outcome = method.authenticate(bearer(key));
        assertThat(((Outcome.Authenticated) outcome).caller().permissions()).isEmpty();
    }

    // Settings, and trouble

    @Test
    void another_product_has_another_prefix() {
        APIKeys acme = APIKeys.builder().store(store).prefix("acme2").build();
        String key = acme.issue("a", "n", Environment.TEST, Set.of(), null).plaintext();
        assertThat(key).startsWith("acme2_test_");
        notApplicable(bearer(key));
        rejected(header(key), Reason.MALFORMED_API_KEY);
        use(settings().prefix("acme2"));
        accepted(bearer(key));
        accepted(header(key));
        notApplicable(bearer("acme_test_" + HEX));
        rejected(bearer("acme2_x"), Reason.MALFORMED_API_KEY);
        notApplicable(bearer(issued().plaintext()));
    }

    @Test
    void a_store_that_cannot_be_asked_is_the_servers_own_trouble_but_shapes_need_no_store() {
        String key = issued().plaintext();
        store.down = true;
        assertThatThrownBy(() -> method.authenticate(bearer(key)))
                .isInstanceOfSatisfying(
                        AuthUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.API_KEY_STORE_UNAVAILABLE));
        rejected(bearer("grd_live_x"), Reason.MALFORMED_API_KEY);
        notApplicable(bearer(JWT));
        store.down = false;
        accepted(bearer(key));
    }

    @Test
    void a_store_that_throws_something_else_is_the_servers_own_trouble_too() {
        String key = issued().plaintext();
        store.broken = true;
        assertThatThrownBy(() -> method.authenticate(bearer(key)))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessage("API key store is unavailable.")
                .hasRootCauseMessage("connection pool shut down");
        store.broken = false;
        accepted(bearer(key));
    }

    @Test
    void a_store_whose_checked_exceptions_are_unannounced_is_the_servers_own_trouble_too() {
        String key = issued().plaintext();
        store.unannounced = true;
        assertThatThrownBy(() -> method.authenticate(bearer(key)))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessage("API key store is unavailable.")
                .hasRootCauseMessage("connection reset");
        store.unannounced = false;
        accepted(bearer(key));
    }

    @Test
    void settings_that_cannot_be_are_refused_when_built_with_the_remedy() {
        assertThatThrownBy(() -> APIKeyAuthentication.builder().build())
                .hasMessage("APIKeyAuthentication needs a store: call store(…)");
        assertThatThrownBy(() -> settings().environments().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("environments must name at least one");
        for (Duration age : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(-1))) {
            assertThatThrownBy(() -> settings().maximumKeyAge(age).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("maximumKeyAge must be");
        }
        for (String prefix : List.of("", "GRD", "2grd", "g_d", "grd_", "g d", "gr\u00e4", "\u0430bc", "g-d")) {
            assertThatThrownBy(() -> settings().prefix(prefix).build())
                    .as(prefix)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("prefix must be a lower-case letter");
        }
    }
}
