package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens made by {@code jose} for JavaScript, with its key and its key set, are let in with all their claims. */
@Timeout(300)
class JoseTokensTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void tokens_made_by_jose_are_let_in_with_their_claims() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start()) {
            Map<String, Object> minted = mint(issuer.issuer());
            issuer.publish(JSONObjectUtils.toJSONString(JSONObjectUtils.getJSONObject(minted, "jwks")));
            TrustedIssuer trusted = TrustedIssuer.named(issuer.issuer())
                    .jwks(issuer.jwks())
                    .audience("api")
                    .build();
            try (JWKSAuthentication method = JWKSAuthentication.builder()
                    .clock(SettableClock.at(NOW))
                    .trust(trusted)
                    .build()) {
                Map<String, Object>[] tokens = JSONObjectUtils.getJSONObjectArray(minted, "tokens");
                assertThat(tokens).hasSizeGreaterThanOrEqualTo(10);
                for (Map<String, Object> one : tokens) {
                    String token = JSONObjectUtils.getString(one, "token");
                    Map<String, Object> claims = JSONObjectUtils.getJSONObject(one, "claims");
                    IssuedElsewhere.assertLetIn(method, JSONObjectUtils.getString(one, "name"), token, claims);
                }
            }
        }
    }

    private static Map<String, Object> mint(String issuer) throws IOException, InterruptedException, ParseException {
        NodeProject project = NodeProject.installed(Path.of("src", "test", "npm"), "npm", "mint.mjs");
        project.printed("mint.mjs", "", issuer, Long.toString(NOW.getEpochSecond()), "minted.json");
        return JSONObjectUtils.parse(project.read("minted.json"));
    }
}
