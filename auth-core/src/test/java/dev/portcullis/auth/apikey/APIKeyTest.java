package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class APIKeyTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static APIKeyBuilder required() {
        return APIKey.builder()
                .id(new UUID(1, 2))
                .hash(SHA256.of(SecretText.of("x")))
                .owner("owner")
                .name("name")
                .keyPrefix("grd_live_0123abcd")
                .createdAt(START);
    }

    @Test
    void it_gives_back_what_was_set() {
        APIKey key = required()
                .scopes(List.of("a", "b"))
                .lastUsedAt(START.plusSeconds(1))
                .expiresAt(START.plusSeconds(2))
                .revokedAt(START.plusSeconds(3))
                .successorID(new UUID(3, 4))
                .hashVersion(5)
                .allowList(AllowList.of(List.of("192.0.2.1")))
                .build();
        assertThat(key.id()).isEqualTo(new UUID(1, 2));
        assertThat(key.hash()).isEqualTo(SHA256.of(SecretText.of("x")));
        assertThat(key.owner()).isEqualTo("owner");
        assertThat(key.name()).isEqualTo("name");
        assertThat(key.keyPrefix()).isEqualTo("grd_live_0123abcd");
        assertThat(key.environment()).isEqualTo(Environment.LIVE);
        assertThat(key.scopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(key.createdAt()).isEqualTo(START);
        assertThat(key.lastUsedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(key.expiresAt()).isEqualTo(START.plusSeconds(2));
        assertThat(key.revokedAt()).isEqualTo(START.plusSeconds(3));
        assertThat(key.successorID()).isEqualTo(new UUID(3, 4));
        assertThat(key.hashVersion()).isEqualTo(5);
        assertThat(key.allowList().entries()).containsExactly("192.0.2.1");
        assertThat(key.toBuilder().build()).isEqualTo(key).hasSameHashCodeAs(key);
    }

    @Test
    void what_is_not_set_is_not_there() {
        APIKey key = required().build();
        assertThat(key.scopes()).isEmpty();
        assertThat(key.lastUsedAt()).isNull();
        assertThat(key.expiresAt()).isNull();
        assertThat(key.revokedAt()).isNull();
        assertThat(key.successorID()).isNull();
        assertThat(key.hashVersion()).as("plain SHA-256").isZero();
        assertThat(key.allowList().isEverywhere()).isTrue();
        assertThat(key.toBuilder().build()).isEqualTo(key);
    }

    @Test
    void a_hash_version_is_a_small_number() {
        required().hashVersion(0).hashVersion(Short.MAX_VALUE);
        for (int bad : new int[] {-1, Short.MAX_VALUE + 1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> required().hashVersion(bad)).hasMessage("hashVersion must be from 0 to 32767");
        }
    }

    /** "The overlap never lengthens the old key's life." */
    @Test
    void a_rotated_key_works_no_longer_than_the_overlap_and_its_own_expiry() {
        UUID successor = new UUID(9, 9);
        APIKey endless = required().build();
        APIKey rotated = endless.rotated(successor, START.plusSeconds(5));
        assertThat(rotated)
                .isEqualTo(endless.toBuilder()
                        .successorID(successor)
                        .expiresAt(START.plusSeconds(5))
                        .build());
        for (int seconds : new int[] {4, 5, 6}) {
            APIKey key = required().expiresAt(START.plusSeconds(seconds)).build();
            assertThat(key.rotated(successor, START.plusSeconds(5)).expiresAt())
                    .isEqualTo(START.plusSeconds(Math.min(5, seconds)));
        }
    }

    @Test
    void keys_count_as_issued_or_as_in_their_overlap_while_they_work() {
        Instant end = START.plusSeconds(5);
        APIKey key = required().expiresAt(end).build();
        APIKey rotated = key.rotated(new UUID(9, 9), end);
        assertThat(key.countsAsIssued(end.minusMillis(1))).isTrue();
        assertThat(key.countsAsIssued(end)).isFalse();
        assertThat(key.isInOverlap(START)).isFalse();
        assertThat(rotated.isInOverlap(end.minusMillis(1))).isTrue();
        assertThat(rotated.isInOverlap(end)).isFalse();
        assertThat(rotated.countsAsIssued(START)).isFalse();
        assertThat(key.revokedAt(START).countsAsIssued(START)).isFalse();
        assertThat(rotated.revokedAt(START).isInOverlap(START)).isFalse();
    }

    @Test
    void what_is_missing_is_named() {
        assertThatThrownBy(() -> APIKey.builder().build()).hasMessage("An API key needs id: call id(…)");
        assertThatThrownBy(() -> APIKey.builder().id(new UUID(0, 0)).build())
                .hasMessage("An API key needs keyPrefix: call keyPrefix(…)");
    }

    @Test
    void times_are_kept_in_whole_milliseconds() {
        Instant fine = START.plusNanos(1_999_999);
        Instant coarse = START.plusMillis(1);
        APIKey key = required().createdAt(fine).expiresAt(fine).build();
        assertThat(key.createdAt()).isEqualTo(coarse);
        assertThat(key.expiresAt()).isEqualTo(coarse);
        assertThat(key.lastUsedAt(fine).lastUsedAt()).isEqualTo(coarse);
        assertThat(key.revokedAt(fine).revokedAt()).isEqualTo(coarse);
    }

    @Test
    void times_are_of_years_that_RFC_3339_can_write() {
        Instant earliest = Instant.EPOCH;
        Instant latest = Instant.parse("9999-12-31T23:59:59.999Z");
        required().createdAt(earliest).expiresAt(latest).build();
        for (Instant bad : List.of(earliest.minusMillis(1), latest.plusMillis(1), Instant.MIN, Instant.MAX)) {
            List<Consumer<APIKeyBuilder>> setters = List.of(
                    builder -> builder.createdAt(bad),
                    builder -> builder.lastUsedAt(bad),
                    builder -> builder.expiresAt(bad),
                    builder -> builder.revokedAt(bad));
            for (Consumer<APIKeyBuilder> setter : setters) {
                assertThatThrownBy(() -> setter.accept(required()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("At must be in the years 1970 to 9999");
            }
        }
    }

    @Test
    void it_is_active_until_it_expires_or_is_revoked() {
        APIKey key = required().expiresAt(START.plusSeconds(1)).build();
        assertThat(key.isActive(START.plusMillis(999))).isTrue();
        assertThat(key.isActive(START.plusSeconds(1))).isFalse();
        assertThat(key.isActive(Instant.MAX)).isFalse();
        assertThat(key.revokedAt(START.plusSeconds(9)).isActive(START)).isFalse();
        assertThat(required().build().isActive(Instant.MAX)).isTrue();
    }

    @Test
    void the_first_revocation_stays_and_the_last_use_only_moves_forward() {
        APIKey key = required().build();
        APIKey revoked = key.revokedAt(START);
        assertThat(revoked.revokedAt(START.minusSeconds(1))).isSameAs(revoked);
        assertThat(revoked.revokedAt(START.plusSeconds(1))).isSameAs(revoked);
        APIKey used = key.lastUsedAt(START);
        assertThat(used.lastUsedAt(START.minusSeconds(1))).isSameAs(used);
        assertThat(used.lastUsedAt(START.plusSeconds(1)).lastUsedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(key.lastUsedAt()).isNull();
        assertThat(key.revokedAt()).isNull();
    }

    @Test
    void it_never_changes_with_the_scopes_it_was_given() {
        List<String> scopes = new ArrayList<>(List.of("a"));
        APIKey key = required().scopes(scopes).build();
        scopes.add("b");
        assertThat(key.scopes()).containsExactly("a");
        assertThatThrownBy(() -> key.scopes().add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_difference_in_any_field_is_a_difference() {
        List<UnaryOperator<APIKeyBuilder>> changes = List.of(
                builder -> builder.id(new UUID(1, 3)),
                builder -> builder.hash(SHA256.of(SecretText.of("y"))),
                builder -> builder.owner("other"),
                builder -> builder.name("other"),
                builder -> builder.keyPrefix("grd_test_0123abcd"),
                builder -> builder.keyPrefix("grd_live_0123abce"),
                builder -> builder.keyPrefix("grc_live_0123abcd"),
                builder -> builder.scopes(List.of("a")),
                builder -> builder.createdAt(START.plusMillis(1)),
                builder -> builder.lastUsedAt(START),
                builder -> builder.expiresAt(START),
                builder -> builder.revokedAt(START),
                builder -> builder.successorID(new UUID(3, 4)),
                builder -> builder.allowList(AllowList.of(List.of("::1"))),
                builder -> builder.hashVersion(1));
        for (UnaryOperator<APIKeyBuilder> change : changes) {
            assertThat(change.apply(required()).build()).isNotEqualTo(required().build());
        }
        assertThat(required().build()).isEqualTo(required().build()).isNotEqualTo(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grd_live_00000000", "grd_test_ffffffff", "a_live_80000000", "acme2_test_7fffffff"})
    void a_display_prefix_is_given_back_as_it_was(String prefix) {
        assertThat(required().keyPrefix(prefix).build().keyPrefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grd",
                "grd_live_",
                "_live_0123abcd",
                "live_0123abcd",
                "grd_prod_0123abcd",
                "grd_LIVE_0123abcd",
                "grd_live_0123ABCD",
                "grd_live_0123abc",
                "grd_live_0123abcde",
                "grd_live_0123abcg",
                "grd_live_ 123abcd",
                "grd_live_-123abcd",
                "GRD_live_0123abcd",
                "g_d_live_0123abcd",
                "1rd_live_0123abcd",
                "grd_live-0123abcd",
                "grd_live_\u0660123abcd",
                "grd_live_0123456789abcdef0123456789abcdef0123456789abcdef",
            })
    void anything_else_is_not_a_display_prefix_and_is_not_repeated(String prefix) {
        assertThatThrownBy(() -> required().keyPrefix(prefix).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "keyPrefix must be a scheme, an environment and the first 8 digits, as in grd_live_0123abcd")
                .hasNoCause();
    }

    @Test
    void an_environment_goes_by_its_label() {
        assertThat(Environment.of("live")).isEqualTo(Environment.LIVE);
        assertThat(Environment.of("test")).isEqualTo(Environment.TEST);
        for (String bad : List.of("", "LIVE", "Live", "prod", "live ")) {
            assertThatThrownBy(() -> Environment.of(bad)).hasMessage("The environment must be 'live' or 'test'");
        }
    }
}
