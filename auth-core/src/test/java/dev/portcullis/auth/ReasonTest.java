package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract section 2, typed out: what clients match on never changes by accident. */
class ReasonTest {

    private static final String ROWS = """
            NO_CREDENTIALS               | 401 | Authentication credentials were not provided.
            EMPTY_BEARER                 | 401 | Invalid Authorization header: no credentials provided.
            BEARER_WITH_SPACES           | 401 | Invalid Authorization header: token must not contain spaces.
            REPEATED_AUTHORIZATION       | 401 | Invalid Authorization header: sent more than once.
            MORE_THAN_ONE_CREDENTIAL     | 401 | More than one credential was sent.
            MALFORMED_TOKEN              | 401 | Invalid token.
            INVALID_SIGNING_ALGORITHM    | 401 | Invalid signing algorithm.
            UNSUPPORTED_TOKEN_HEADER     | 401 | Invalid token.
            UNKNOWN_SIGNING_KEY          | 401 | Invalid signature.
            INVALID_SIGNATURE            | 401 | Invalid signature.
            MALFORMED_CLAIMS             | 401 | Invalid token.
            TOKEN_BOUND_TO_KEY           | 401 | Invalid token.
            TOKEN_EXPIRED                | 401 | Token has expired.
            TOKEN_NOT_YET_VALID          | 401 | Token is not yet valid.
            INVALID_AUDIENCE             | 401 | Invalid audience.
            INVALID_ISSUER               | 401 | Invalid issuer.
            INVALID_AUTHORIZED_PARTY     | 401 | Invalid authorized party.
            MALFORMED_API_KEY            | 401 | Malformed API key.
            UNKNOWN_API_KEY              | 401 | Invalid API key.
            API_KEY_OF_OTHER_ENVIRONMENT | 401 | Invalid API key.
            API_KEY_REVOKED              | 401 | API key has been revoked.
            API_KEY_EXPIRED              | 401 | API key has expired.
            INCOMPLETE_SESSION           | 401 | Invalid session.
            MALFORMED_SESSION            | 401 | Invalid session.
            INVALID_SESSION              | 401 | Invalid session.
            SESSION_OF_OTHER_ACCOUNT     | 401 | Invalid session.
            SESSION_WITHOUT_KEY          | 401 | Invalid session.
            SESSION_EXPIRED              | 401 | Session has expired.
            LOCATION_NOT_ALLOWED         | 403 | Access from this location is not allowed.
            ADDRESS_NOT_ALLOWED          | 403 | IP is not whitelisted.
            ACCOUNT_SUSPENDED            | 403 | Account is suspended.
            ACCOUNT_VERIFICATION_EXPIRED | 403 | Account verification has expired.
            HOST_NOT_SERVED              | 403 | This endpoint is not served on this host.
            MALFORMED_REQUEST_TARGET     | 400 | Malformed request target.
            BODY_NOT_ALLOWED             | 400 | This request must not have a body.
            BODY_INCOMPLETE              | 400 | The body could not be read.
            BODY_TOO_LARGE               | 413 | The body is too large.
            BODY_NOT_SIGNABLE            | 415 | Signed requests carry JSON bodies only.
            MISSING_SIGNATURE_HEADERS    | 401 | Missing signature headers.
            MALFORMED_SIGNATURE_HEADERS  | 401 | Malformed signature headers.
            UNKNOWN_FINGERPRINT          | 401 | Invalid request signature.
            INVALID_REQUEST_SIGNATURE    | 401 | Invalid request signature.
            REQUEST_OUTSIDE_WINDOW       | 401 | Request timestamp is outside the allowed window.
            REQUEST_REPLAYED             | 401 | Request signature was already used.
            CREDENTIAL_KIND_NOT_ACCEPTED | 403 | This endpoint does not accept this kind of credential.
            MISSING_PERMISSION           | 403 | Token is missing one or more required permissions.
            ROUTE_NOT_OPEN               | 403 | You do not have permission to perform this action.
            RESOURCE_CLOSED              | 403 | You do not have permission to perform this action.
            API_KEY_MANAGEMENT_REQUIRES_USER | 403 | API key management requires a signed-in user.
            SIGNING_KEYS_UNAVAILABLE     | 503 | Signing keys are unavailable.
            API_KEY_STORE_UNAVAILABLE    | 503 | API key store is unavailable.
            SESSION_STORE_UNAVAILABLE    | 503 | API key store is unavailable.
            ACCOUNT_STORE_UNAVAILABLE    | 503 | API key store is unavailable.
            COUNTRY_UNAVAILABLE          | 503 | API key store is unavailable.
            SIGNING_KEY_STORE_UNAVAILABLE | 503 | API key store is unavailable.
            REPLAY_MEMORY_UNAVAILABLE    | 503 | API key store is unavailable.
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = ROWS)
    void status_and_detail_are_the_contracts(Reason reason, int status, String detail) {
        assertThat(reason.status()).isEqualTo(status);
        assertThat(reason.detail()).isEqualTo(detail);
    }

    /** Every reason is in the table, in the order in which they are decided. */
    @Test
    void no_reason_is_left_out() {
        List<String> rows = ROWS.lines()
                .map(row -> row.substring(0, row.indexOf('|')).strip())
                .toList();

        assertThat(EnumSet.allOf(Reason.class)).extracting(Reason::name).containsExactlyElementsOf(rows);
    }

    /** The challenge quotes the detail without its full stop (RFC 6750 section 3: no quote, no backslash). */
    @Test
    void every_detail_is_one_sentence_that_a_challenge_can_quote() {
        assertThat(Reason.values()).allSatisfy(reason -> {
            assertThat(reason.detail()).matches("[A-Z][\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]+\\.");
            assertThat(Set.of(400, 401, 403, 413, 415, 503)).contains(reason.status());
        });
    }
}
