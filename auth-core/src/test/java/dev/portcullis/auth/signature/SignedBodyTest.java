package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedBodyTest {

    private static final int MOST = 90;

    private static SentRequest saying(String length) {
        return SentRequest.json("POST", "/", "{}").with("content-length", length);
    }

    private static void refused(SentRequest request, Reason reason) {
        assertThatThrownBy(() -> SignedBody.readJSON(request, MOST))
                .isInstanceOfSatisfying(
                        UnacceptableRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static void read(SentRequest request) throws UnacceptableRequestException {
        assertThat(SignedBody.readJSON(request, MOST)).isEqualTo(request.content());
    }

    /** It is not read at all: what is small here is said to be large. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "91",
                "100",
                "999999999999999999",
                "9999999999999999999",
                "99999999999999999999",
                "",
                "x",
                "9x",
                "-1",
                "+1",
                "1/",
                "1:",
                " 1",
                "0x1"
            })
    void a_body_that_says_it_is_too_large_or_nothing_at_all_is_refused(String length) {
        refused(saying(length), Reason.BODY_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "2", "0", "09", "000000000000000009"})
    void a_body_may_be_as_large_as_is_allowed(String length) throws UnacceptableRequestException {
        read(saying(length));
    }

    @Test
    void what_is_read_is_what_counts() throws UnacceptableRequestException {
        read(SentRequest.json("POST", "/", " ".repeat(MOST)));
        refused(SentRequest.json("POST", "/", " ".repeat(MOST + 1)), Reason.BODY_TOO_LARGE);
        read(saying("1000").with("content-length", "1000"));
        read(SentRequest.of("GET", "/").with("content-length", "1000"));
    }

    @Test
    void only_a_body_that_is_there_can_be_compressed() throws UnacceptableRequestException {
        SentRequest body = SentRequest.json("POST", "/", "{}");
        read(body.with("content-encoding", "Identity"));
        refused(body.with("content-encoding", "gzip"), Reason.BODY_NOT_SIGNABLE);
        refused(body.with("content-encoding", "identity").with("content-encoding", "br"), Reason.BODY_NOT_SIGNABLE);
        read(SentRequest.of("POST", "/").with("content-encoding", "gzip"));
    }
}
