package dev.portcullis.auth.jwt;

import static dev.portcullis.auth.jwt.TokenFactory.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that stand in RFC 7515 and RFC 7519. */
class RFCExamplesTest {

    /** RFC 7515 appendix A.2.1. */
    private static final String KEY = "{\"kty\":\"RSA\",\"n\":\""
            + "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR"
            + "T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB"
            + "dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia"
            + "GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\"}";

    /** RFC 7515 appendix A.2.1. */
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9"
            + "uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB"
            + "_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rq"
            + "Vt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private static final long EXPIRY = 1_300_819_380;

    private final TokenFactory issuer = new TokenFactory();
    private long now = EXPIRY - 1;
    private final JWKSAuthentication method = method();

    private JWKSAuthentication method() {
        issuer.publish(KEY);
        InstantSource clock = () -> Instant.ofEpochSecond(now);
        return JWKSAuthentication.builder()
                .trust(TrustedIssuer.named("joe")
                        .jwks(issuer.jwks())
                        .acceptAnyAudience()
                        .build())
                .clock(clock)
                .build();
    }

    @AfterEach
    void close() {
        method.close();
        issuer.close();
    }

    private Outcome judge(String token) {
        return method.authenticate(request("Bearer " + token));
    }

    @Test
    void the_RS256_example_of_RFC_7515_is_let_in_until_it_expires() {
        Outcome outcome = judge(TOKEN);
        assertThat(outcome).isInstanceOf(Outcome.Authenticated.class);
        assertThat(((Outcome.Authenticated) outcome).caller().attributes())
                .containsEntry("iss", "joe")
                .containsEntry("exp", EXPIRY)
                .containsEntry("http://example.com/is_root", true);
        now = EXPIRY;
        assertThat(judge(TOKEN)).isEqualTo(Outcome.rejected(Reason.TOKEN_EXPIRED, CredentialKind.JWT));
    }

    @Test
    void no_other_signature_of_the_example_is_let_in() {
        int dot = TOKEN.lastIndexOf('.');
        byte[] signature = java.util.Base64.getUrlDecoder().decode(TOKEN.substring(dot + 1));
        BigInteger value = new BigInteger(1, signature);
        for (int bit = 0; bit < 2048; bit += 7) {
            byte[] flipped = value.flipBit(bit).toByteArray();
            byte[] sized = new byte[256];
            int length = Math.min(256, flipped.length);
            System.arraycopy(flipped, flipped.length - length, sized, 256 - length, length);
            assertThat(judge(TOKEN.substring(0, dot + 1) + TokenFactory.base64(sized)))
                    .as("bit %d", bit)
                    .isEqualTo(Outcome.rejected(Reason.INVALID_SIGNATURE, CredentialKind.JWT));
        }
    }

    /** RFC 7519 sections 3.1 and 6.1; RFC 7515 appendices A.3 to A.5. */
    @ParameterizedTest
    @CsvSource({
        "HS256, eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "none, eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
        "ES256, eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        "ES512, eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7Xdt",
    })
    void the_examples_with_other_algorithms_are_refused(String algorithm, String token) {
        assertThat(judge(token))
                .as(algorithm)
                .isEqualTo(Outcome.rejected(Reason.INVALID_SIGNING_ALGORITHM, CredentialKind.JWT));
    }

    /** RFC 7519 appendix A.1: an encrypted token has five parts. */
    @Test
    void an_encrypted_token_is_malformed() {
        String jwe =
                "eyJhbGciOiJSU0ExXzUiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.QR1Owv2ug2WyPBnbQrRARTeEk9kDO2w8qDcjiHnSJflSdv1i"
                        + ".AxY8DCtDaGlsbGljb3RoZQ.MKOle7UQrG6nSxTLX6Mqwt0orbHvAKeWnDYvpIAeZ72deHxz3roJDXQyhxx0wKaM."
                        + "fiK51VwhsxJ-siBMR-YFiA";
        assertThat(judge(jwe)).isEqualTo(Outcome.rejected(Reason.MALFORMED_TOKEN, CredentialKind.JWT));
    }
}
