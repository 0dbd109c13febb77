package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens made by {@code jose} for JavaScript, with its key and its key set, are let in with all their claims. */
@Timeout(300)
class JoseTokensTest {

    private static final Path PROJECT = Path.of("src", "test", "npm");
    private static final Path COPY = Path.of("target", "npm");

    /** What npm says when the registry is out of reach. */
    private static final List<String> OFFLINE =
            List.of("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "ENOTCACHED");

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void tokens_made_by_jose_are_let_in_with_their_claims() throws Exception {
        install();
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

    /** In a copy, so that nothing is installed among the sources. */
    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(COPY);
        for (String file : List.of(".npmrc", "package.json", "package-lock.json", "mint.mjs")) {
            Files.copy(PROJECT.resolve(file), COPY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Assumptions.assumeTrue(isThere("node") && isThere("npm"), "Left out: node and npm are not on this machine");
        Path log = COPY.resolve("npm-ci.log");
        int status = run(log, "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=1");
        if (status != 0) {
            String said = Files.readString(log);
            Assumptions.assumeFalse(
                    OFFLINE.stream().anyMatch(said::contains), "Left out: npm cannot reach its registry: " + said);
            fail("npm ci ended with %d: %s", status, said);
        }
    }

    private static Map<String, Object> mint(String issuer) throws IOException, InterruptedException, ParseException {
        Path log = COPY.resolve("mint.log");
        String now = Long.toString(NOW.getEpochSecond());
        int status = run(log, "node", "mint.mjs", issuer, now, "minted.json");
        assertThat(status).as(Files.readString(log)).isZero();
        return JSONObjectUtils.parse(Files.readString(COPY.resolve("minted.json")));
    }

    private static boolean isThere(String tool) throws InterruptedException {
        try {
            return run(COPY.resolve("version.log"), tool, "--version") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(COPY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return fail("%s did not end", Arrays.toString(command));
        }
        return process.exitValue();
    }
}
