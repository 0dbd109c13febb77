package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.Security;
import java.security.SignatureException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** House rule: what is missing or contradictory fails in build(), with a message that names the setting. */
class PublishedKeysSettingsTest {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/jwks");

    private static PublishedKeys.Builder settings() {
        return PublishedKeys.at(NOWHERE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/.well-known/jwks.json",
                "HTTPS://issuer.example",
                "https://issuer.example:8443/jwks?tenant=a&x=%20",
                "https://10.0.0.1/jwks",
                "https://[2001:db8::1]/jwks",
                "http://localhost:8080/jwks",
                "HTTP://LocalHost/jwks",
                "http://127.0.0.1/jwks",
                "http://127.255.255.254:1/jwks",
                "http://[::1]:8080/jwks",
                "http://[0:0:0:0:0:0:0:1]/jwks",
            })
    void https_anywhere_and_http_on_loopback_are_taken(String url) {
        assertThatCode(() -> JWKSAddress.checked(URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example/jwks",
                "http://127.0.0.1.issuer.example/jwks",
                "http://127.0.0.1./jwks",
                "http://127.1/jwks",
                "http://127.0.0.256/jwks",
                "http://127.0.0.01/jwks",
                "http://2130706433/jwks",
                "http://0x7f.0.0.1/jwks",
                "http://0.0.0.0/jwks",
                "http://10.0.0.1/jwks",
                "http://localhost.issuer.example/jwks",
                "http://localhost./jwks",
                "http://notlocalhost/jwks",
                "http://[::ffff:127.0.0.1]/jwks",
                "http://[::2]/jwks",
                "http://[::]/jwks",
                "ftp://localhost/jwks",
                "file:///etc/jwks.json",
                "jar:file:/x.jar!/jwks",
                "data:application/json,x",
                "mailto:keys@issuer.example",
                "/jwks",
                "//issuer.example/jwks",
                "https:///jwks",
                "https:issuer.example",
                "https://under_score/jwks",
                "https://issuer.example/jwks#fragment",
                "https://issuer.example/jwks#",
                "https://user@issuer.example/jwks",
                "https://user:pass@issuer.example/jwks",
                "http://127.0.0.1:80@issuer.example/jwks",
                "http://user@localhost/jwks",
            })
    void every_other_url_is_refused_by_build(String url) {
        assertThatThrownBy(() -> PublishedKeys.at(URI.create(url)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The URL of published keys");
    }

    @Test
    void a_refused_url_does_not_give_its_password_away() {
        assertThatThrownBy(() -> PublishedKeys.at(URI.create("https://user:hunter2@issuer.example/jwks?key=hunter3"))
                        .build())
                .hasMessage("The URL of published keys 'https://issuer.example/jwks' must not hold user information:"
                        + " take it out of the URL")
                .hasMessageNotContaining("hunter");
    }

    private static Arguments bad(String names, UnaryOperator<PublishedKeys.Builder> settings) {
        return Arguments.of(names, settings);
    }

    static Stream<Arguments> badSettings() {
        Duration year = Duration.ofDays(365);
        return Stream.of(
                bad("fetchTimeout", s -> s.fetchTimeout(Duration.ZERO)),
                bad("fetchTimeout", s -> s.fetchTimeout(Duration.ofSeconds(-1))),
                bad("fetchTimeout", s -> s.fetchTimeout(Duration.ofSeconds(61))),
                bad("minimumFreshness", s -> s.minimumFreshness(Duration.ofMillis(999))),
                bad("defaultFreshness", s -> s.minimumFreshness(Duration.ofMinutes(6))),
                bad("defaultFreshness", s -> s.defaultFreshness(Duration.ofSeconds(59))),
                bad("defaultFreshness", s -> s.defaultFreshness(Duration.ofMinutes(61))),
                bad("maximumFreshness", s -> s.maximumFreshness(Duration.ofHours(25))),
                bad("maximumFreshness", s -> s.maximumStaleness(Duration.ofMinutes(59))),
                bad("maximumStaleness", s -> s.maximumStaleness(year.plusNanos(1))),
                bad("maximumStaleness", s -> s.maximumStaleness(Duration.ofSeconds(Long.MAX_VALUE))),
                bad("unknownKeyCooldown", s -> s.unknownKeyCooldown(Duration.ofMillis(999))),
                bad("unknownKeyCooldown", s -> s.unknownKeyCooldown(year.plusNanos(1))),
                bad("maximumBytes", s -> s.maximumBytes(0)),
                bad("maximumBytes", s -> s.maximumBytes(16 * 1024 * 1024 + 1)),
                bad("maximumKeys", s -> s.maximumKeys(0)),
                bad("maximumWaiters", s -> s.maximumWaiters(0)),
                bad("maximumWaiters", s -> s.maximumWaiters(-1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSettings")
    void a_setting_out_of_bounds_fails_in_build(String names, UnaryOperator<PublishedKeys.Builder> settings) {
        assertThatThrownBy(() -> settings.apply(settings()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(names)
                .hasMessageContaining("must be from");
    }

    @Test
    void the_bounds_themselves_are_taken() {
        settings()
                .fetchTimeout(Duration.ofMillis(1))
                .minimumFreshness(Duration.ofSeconds(1))
                .defaultFreshness(Duration.ofSeconds(1))
                .maximumFreshness(Duration.ofSeconds(1))
                .maximumStaleness(Duration.ofSeconds(1))
                .unknownKeyCooldown(Duration.ofSeconds(1))
                .maximumBytes(1)
                .maximumKeys(1)
                .maximumWaiters(1)
                .build()
                .close();
        settings()
                .fetchTimeout(Duration.ofMinutes(1))
                .maximumStaleness(Duration.ofDays(365))
                .maximumFreshness(Duration.ofDays(365))
                .unknownKeyCooldown(Duration.ofDays(365))
                .maximumBytes(16 * 1024 * 1024)
                .build()
                .close();
    }

    @Test
    void the_platforms_own_provider_is_taken_when_it_is_named() {
        settings().signatureProvider(Security.getProvider("SunRsaSign")).build().close();
        settings()
                .signatureProvider(new ProviderFixture("SHA256withRSA", truth -> truth))
                .build()
                .close();
    }

    @Test
    void a_provider_without_the_algorithm_fails_in_build() {
        assertThatThrownBy(() -> settings()
                        .signatureProvider(new ProviderFixture("SHA512withRSA", truth -> truth))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signatureProvider (Fixture) cannot verify SHA256withRSA signatures: name a provider"
                        + " that can, or leave the setting out for the platform's own");
        assertThatThrownBy(() -> settings()
                        .signatureProvider(Security.getProvider("SunJCE"))
                        .build())
                .hasMessageContaining("signatureProvider (SunJCE)");
    }

    @Test
    void a_provider_that_takes_everything_or_nothing_fails_in_build() {
        for (ProviderFixture.Verdict verdict : new ProviderFixture.Verdict[] {
            truth -> true,
            truth -> false,
            truth -> !truth,
            truth -> {
                throw new SignatureException("no");
            },
            truth -> {
                throw new IllegalStateException("the library cannot be loaded");
            }
        }) {
            assertThatThrownBy(() -> settings()
                            .signatureProvider(new ProviderFixture("SHA256withRSA", verdict))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("signatureProvider");
        }
        assertThat(Security.getProvider("Fixture")).isNull();
    }
}
