package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 1, and the rows of section 2 about the way in which credentials are sent. */
class PresentedCredentialsTest {

    private static PresentedCredentials of(String... namesAndValues) {
        return PresentedCredentials.of(SentHeaders.of(namesAndValues));
    }

    private static @Nullable String bearer(PresentedCredentials credentials) {
        SecretText bearer = credentials.bearer();
        return bearer == null ? null : bearer.reveal();
    }

    private static @Nullable String apiKey(PresentedCredentials credentials) {
        SecretText key = credentials.apiKey();
        return key == null ? null : key.reveal();
    }

    private static void assertFaultless(PresentedCredentials credentials) {
        assertThat(credentials.fault()).isNull();
    }

    @Test
    void a_request_without_credentials_presents_none() {
        PresentedCredentials none = of("accept", "*/*", "cookie", "Bearer=abc");

        assertThat(bearer(none)).isNull();
        assertThat(apiKey(none)).isNull();
        assertFaultless(none);
    }

    @Test
    void a_bearer_token_is_what_stands_after_the_scheme() {
        PresentedCredentials credentials = of("Authorization", "Bearer abc.def-ghi_jkl~+/==");

        assertThat(bearer(credentials)).isEqualTo("abc.def-ghi_jkl~+/==");
        assertThat(apiKey(credentials)).isNull();
        assertFaultless(credentials);
    }

    /** "The scheme name Bearer is compared without regard to case (RFC 9110)." */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
    void the_scheme_is_compared_without_regard_to_case(String scheme) {
        assertThat(bearer(of("authorization", scheme + " abc"))).isEqualTo("abc");
    }

    /** "Any other scheme is not applicable." */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic YTpi",
                "DPoP abc",
                "Token abc",
                "Bearerabc",
                "Bearers abc",
                "Beare abc",
                "Bearer:abc",
                "Bearer,abc",
                "Bearer=abc",
                "\"Bearer\" abc",
                "abc",
                "",
                " ",
                "Bear",
                // Look-alikes that equalsIgnoreCase or an eye would take for letters of the scheme
                "\u0412earer abc",
                "Be\u0430rer abc",
                "Bearer\u00a0abc",
                "Bearer\u000babc",
                "Bearer\u2003abc",
                "Bearer\0abc",
                "\ufeffBearer abc",
                "\u00a0Bearer abc",
                "\u000bBearer abc",
                "Be\u00c1rer abc",
                "b\u0305earer abc"
            })
    void any_other_scheme_is_not_applicable(String field) {
        PresentedCredentials credentials = of("authorization", field);

        assertThat(bearer(credentials)).isNull();
        assertFaultless(credentials);
    }

    /** RFC 9110 section 5.5: white space around a field's value, spaces and tabs, is no part of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer abc",
                "Bearer  abc",
                "Bearer\tabc",
                "Bearer \t abc",
                " Bearer abc ",
                "\tBearer abc\t",
                "Bearer abc \t "
            })
    void spaces_and_tabs_around_the_token_are_stripped(String field) {
        PresentedCredentials credentials = of("authorization", field);

        assertThat(bearer(credentials)).isEqualTo("abc");
        assertFaultless(credentials);
    }

    /** "Invalid Authorization header: no credentials provided. — Bearer and nothing after it." */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer ", "Bearer   ", "Bearer\t", " Bearer \t "})
    void bearer_and_nothing_after_it_is_a_fault(String field) {
        PresentedCredentials credentials = of("authorization", field);

        assertThat(credentials.fault()).isEqualTo(Reason.EMPTY_BEARER);
        assertThat(bearer(credentials)).isEmpty();
    }

    /** "Invalid Authorization header: token must not contain spaces. — more than one token after Bearer." */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer a b",
                "Bearer a  b",
                "Bearer a\tb",
                "Bearer a, Bearer b",
                "bearer  a b c ",
                "Bearer Bearer a"
            })
    void more_than_one_token_after_bearer_is_a_fault(String field) {
        assertThat(of("authorization", field).fault()).isEqualTo(Reason.BEARER_WITH_SPACES);
    }

    /** What is no space in HTTP stays in the token, for the token's own rules to refuse. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u000b", "\f", "\0", "\u0085", "\u2003", "\r", "\n"})
    void other_white_space_is_part_of_the_token(String odd) {
        assertThat(bearer(of("authorization", "Bearer a" + odd + "b"))).isEqualTo("a" + odd + "b");
        assertThat(bearer(of("authorization", "Bearer a" + odd))).isEqualTo("a" + odd);
        assertFaultless(of("authorization", "Bearer a" + odd + "b"));
    }

    /** "Invalid Authorization header: sent more than once. — two Authorization headers." */
    @Test
    void two_authorization_fields_are_a_fault_whatever_they_hold() {
        assertThat(List.of(
                        of("authorization", "Bearer a", "authorization", "Bearer b"),
                        of("authorization", "Bearer a", "Authorization", "Bearer a"),
                        of("authorization", "Basic a", "authorization", "Bearer b"),
                        of("authorization", "Basic a", "authorization", "Basic b"),
                        of("authorization", "Bearer a", "authorization", "", "authorization", "Bearer c"),
                        of("authorization", "Bearer a", "authorization", "Bearer b", "x-api-key", "k")))
                .allSatisfy(credentials -> {
                    assertThat(credentials.fault()).isEqualTo(Reason.REPEATED_AUTHORIZATION);
                    assertThat(bearer(credentials)).isNull();
                });
    }

    /** "The others stand in the order in which they are decided." */
    @Test
    void a_field_that_is_wrong_by_itself_comes_before_its_repetition() {
        assertThat(of("authorization", "Bearer a", "authorization", "Bearer").fault())
                .isEqualTo(Reason.EMPTY_BEARER);
        assertThat(of("authorization", "Bearer b c", "authorization", "Bearer a")
                        .fault())
                .isEqualTo(Reason.BEARER_WITH_SPACES);
        assertThat(of("authorization", "Bearer b c", "authorization", "Bearer ").fault())
                .isEqualTo(Reason.EMPTY_BEARER);
        assertThat(of("authorization", "Bearer", "x-api-key", "a", "x-api-key", "b")
                        .fault())
                .isEqualTo(Reason.EMPTY_BEARER);
        assertThat(of("authorization", "Bearer a b", "x-api-key", "k").fault()).isEqualTo(Reason.BEARER_WITH_SPACES);
    }

    @Test
    void a_key_is_the_whole_value_of_x_api_key() {
        assertThat(apiKey(of("X-API-Key", " \tgrd_live_00 \t"))).isEqualTo("grd_live_00");
        assertThat(apiKey(of("x-api-key", "a b"))).isEqualTo("a b");
        assertThat(apiKey(of("x-api-key", ""))).isEmpty();
        assertThat(apiKey(of("x-api-key", "a\u00a0"))).isEqualTo("a\u00a0");
        assertFaultless(of("x-api-key", ""));
    }

    /** "More than one credential was sent. — … or x-api-key twice." */
    @Test
    void two_x_api_key_fields_are_a_fault_even_if_they_are_equal() {
        assertThat(List.of(
                        of("x-api-key", "k", "x-api-key", "k"),
                        of("x-api-key", "k", "X-Api-Key", ""),
                        of("authorization", "Bearer k", "x-api-key", "k", "x-api-key", "k")))
                .allSatisfy(credentials -> {
                    assertThat(credentials.fault()).isEqualTo(Reason.MORE_THAN_ONE_CREDENTIAL);
                    assertThat(apiKey(credentials)).isNull();
                });
    }

    /** "… unless Bearer and x-api-key hold the same key." */
    @Test
    void the_same_key_in_both_fields_is_one_credential() {
        PresentedCredentials credentials = of("authorization", "Bearer  grd_live_00", "x-api-key", "grd_live_00 ");

        assertFaultless(credentials);
        assertThat(bearer(credentials)).isEqualTo(apiKey(credentials));
    }

    @Test
    void different_keys_in_both_fields_are_a_fault() {
        assertThat(List.of(
                        of("authorization", "Bearer grd_live_00", "x-api-key", "grd_live_01"),
                        of("authorization", "Bearer grd_live_00", "x-api-key", "grd_live_0"),
                        of("authorization", "Bearer grd_live_00", "x-api-key", "GRD_live_00"),
                        of("authorization", "Bearer grd_live_00", "x-api-key", "")))
                .allSatisfy(credentials -> assertThat(credentials.fault()).isEqualTo(Reason.MORE_THAN_ONE_CREDENTIAL));
    }

    @Test
    void another_scheme_beside_x_api_key_is_no_second_credential_of_ours() {
        PresentedCredentials credentials = of("authorization", "Basic YTpi", "x-api-key", "k");

        assertFaultless(credentials);
        assertThat(apiKey(credentials)).isEqualTo("k");
    }

    @Test
    void which_credentials_there_are_shows() {
        assertThat(of("authorization", "Bearer x y"))
                .hasToString("PresentedCredentials[bearer=true, x-api-key=false, fault=BEARER_WITH_SPACES]");
        assertThat(of("x-api-key", "k")).hasToString("PresentedCredentials[bearer=false, x-api-key=true, fault=null]");
    }

    @Test
    void no_text_of_a_credential_shows() {
        PresentedCredentials credentials = of("authorization", "Bearer hidden", "x-api-key", "hidden");

        assertThat(credentials.toString() + credentials.bearer() + credentials.apiKey())
                .doesNotContain("hidden");
    }
}
