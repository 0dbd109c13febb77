package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP message signatures (RFC 9421), as far as contract and issue ask for them. */
class MessageSignatureTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long SECONDS = NOW.getEpochSecond();

    private static final String ALL = "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\"";
    private static final String BARE = "\"@method\" \"@authority\" \"@path\"";

    private final Ed25519SecretKey key = Ed25519SecretKey.generate();
    private final InMemorySigningKeyStore store = new InMemorySigningKeyStore();
    private final SignedRequestAuthentication method = SignedRequestAuthentication.builder()
            .store(store)
            .replayMemory(new InMemoryReplayMemory())
            .clock(() -> NOW)
            .acceptMessageSignatures()
            .build();

    MessageSignatureTest() {
        SigningKeys.builder().store(store).build().register("alice", "trading", key.publicKey(), Set.of());
    }

    private String parameters() {
        return parameters(SECONDS);
    }

    private String parameters(long created) {
        return ";created=" + created + ";nonce=\"n1\";keyid=\""
                + key.publicKey().fingerprintText() + "\";alg=\"ed25519\"";
    }

    private static SentRequest form() {
        String body = "a=1&b=2";
        return SentRequest.of("POST", "/v1/orders?x=1&y=%20")
                .with("host", "API.example:8443")
                .with("content-type", "application/x-www-form-urlencoded")
                .with("content-digest", ContentDigest.field(body.getBytes(StandardCharsets.UTF_8)))
                .body(body);
    }

    private static SentRequest bare() {
        return SentRequest.of("GET", "/v1/orders").with("host", "api.example");
    }

    private SentRequest sign(SentRequest request, String components, String parameters) {
        return sign(request, components, parameters, "(" + components + ")" + parameters);
    }

    /** The base is written out here once more, by hand. */
    private SentRequest sign(SentRequest request, String components, String parameters, String sent) {
        StringBuilder base = new StringBuilder();
        for (String component : components.split(" ", -1)) {
            String target = request.target() == null ? "" : request.target();
            int mark = target.indexOf('?');
            String value = switch (component) {
                case "\"@method\"" -> request.method();
                case "\"@authority\"" -> request.headers("host").get(0).toLowerCase(java.util.Locale.ROOT);
                case "\"@path\"" -> mark < 0 ? target : target.substring(0, mark);
                case "\"@query\"" -> mark < 0 ? "?" : target.substring(mark);
                default -> String.join(", ", request.headers(component.substring(1, component.length() - 1)));
            };
            base.append(component).append(": ").append(value).append('\n');
        }
        base.append("\"@signature-params\": (").append(components).append(')').append(parameters);
        byte[] signature = key.sign(base.toString().getBytes(StandardCharsets.US_ASCII));
        return request.set("signature-input", "sig1=" + sent)
                .set("signature", "sig1=:" + Base64.getEncoder().encodeToString(signature) + ":");
    }

    private void isLetIn(SentRequest request) {
        assertThat(method.authenticate(request)).isInstanceOf(Outcome.Authenticated.class);
    }

    private void isRejected(SentRequest request, Reason reason) {
        Outcome outcome = method.authenticate(request);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(((Outcome.Rejected) outcome).reason()).isEqualTo(reason);
    }

    @Test
    void a_form_is_let_in_and_once_only() {
        SentRequest request = sign(form(), ALL, parameters());

        isLetIn(request);
        isRejected(request, Reason.REQUEST_REPLAYED);
        isLetIn(sign(form(), ALL, parameters().replace("n1", "n2")));
    }

    /** RFC 9421 section 2.2.7: no query, and an empty one, sign the same; one of the two targets is enough. */
    @Test
    void a_question_mark_without_a_query_is_refused() {
        SentRequest without = sign(bare(), BARE + " \"@query\"", parameters());
        SentRequest empty = sign(bare().to("/v1/orders?"), BARE + " \"@query\"", parameters());

        assertThat(empty.headers("signature")).isEqualTo(without.headers("signature"));
        isRejected(empty, Reason.MALFORMED_REQUEST_TARGET);
        isLetIn(without);
    }

    @Test
    void a_request_without_query_and_body_needs_neither_component() {
        isLetIn(sign(bare(), BARE, parameters()));
        isLetIn(sign(bare(), BARE + " \"@query\"", parameters()));
        isLetIn(sign(bare().with("accept", "a").with("accept", "b"), BARE + " \"accept\"", parameters()));
    }

    /** Written as ASCII, any other character would be the same as a question mark. */
    @Test
    void what_is_covered_is_printable() {
        isLetIn(sign(bare().with("accept", "a ~\t!"), BARE + " \"accept\"", parameters()));
        for (String no : List.of("\u00e9", "\u007f", "\u0001", "\u001f")) {
            SentRequest request = bare().with("accept", "a" + no + "b");
            isRejected(sign(request, BARE + " \"accept\"", parameters()), Reason.MALFORMED_SIGNATURE_HEADERS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"@authority\" \"@path\" \"@query\" \"content-digest\"",
                "\"@method\" \"@path\" \"@query\" \"content-digest\"",
                "\"@method\" \"@authority\" \"@query\" \"content-digest\"",
                "\"@method\" \"@authority\" \"@path\" \"content-digest\"",
                "\"@method\" \"@authority\" \"@path\" \"@query\"",
                "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"@method\"",
                "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"@target-uri\"",
                "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"missing\"",
                "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"Host\"",
                "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\";sf",
                "@method \"@authority\" \"@path\" \"@query\" \"content-digest\""
            })
    void all_of_a_request_must_be_covered_and_nothing_that_is_not_known(String components) {
        isRejected(sign(form(), components, parameters()), Reason.MALFORMED_SIGNATURE_HEADERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "nonce", "keyid", "alg"})
    void every_parameter_must_be_there(String name) {
        String without = parameters().replaceFirst(";" + name + "=[^;]+", "");
        isRejected(sign(form(), ALL, without), Reason.MALFORMED_SIGNATURE_HEADERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";tag=\"x\"",
                ";expires=\"1\"",
                ";expires=-1",
                ";unknown",
                ";created=5",
                ";nonce=\"\"",
                ";expires=1.0"
            })
    void a_parameter_that_is_not_known_or_of_another_type_is_refused(String more) {
        isRejected(sign(form(), ALL, parameters() + more), Reason.MALFORMED_SIGNATURE_HEADERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alg=\"Ed25519\"", "alg=\"rsa-v1_5-sha256\"", "alg=ed25519", "alg=\"hmac-sha256\""})
    void another_algorithm_is_refused(String other) {
        isRejected(
                sign(form(), ALL, parameters().replace("alg=\"ed25519\"", other)), Reason.MALFORMED_SIGNATURE_HEADERS);
    }

    @Test
    void whatever_is_changed_after_signing_breaks_the_signature() {
        SentRequest request = sign(form(), ALL, parameters());

        isRejected(request.by("PUT"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(request.to("/v1/orders?x=2&y=%20"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(request.to("/v1/order?x=1&y=%20"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(request.set("host", "other.example"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(request.body("a=1&b=3"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(
                request.body("a=1&b=3")
                        .set("content-digest", ContentDigest.field("a=1&b=3".getBytes(StandardCharsets.UTF_8))),
                Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(request.with("host", "API.example:8443"), Reason.MALFORMED_SIGNATURE_HEADERS);
        isLetIn(request.set("host", "api.EXAMPLE:8443"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            md5=:AAAA:                         | INVALID_REQUEST_SIGNATURE
            sha-256=AAAA                       | MALFORMED_SIGNATURE_HEADERS
            sha-256=:AAAA:                     | INVALID_REQUEST_SIGNATURE
            sha-256=:AAA:                      | MALFORMED_SIGNATURE_HEADERS
            """)
    void a_digest_must_be_of_the_body_and_not_a_broken_one(String digest, Reason reason) {
        isRejected(sign(form().set("content-digest", digest), ALL, parameters()), reason);
    }

    @Test
    void each_digest_that_is_known_must_be_right() {
        String right = ContentDigest.field("a=1&b=2".getBytes(StandardCharsets.UTF_8));

        isLetIn(sign(form().set("content-digest", "unixsum=:AAAA:, " + right), ALL, parameters()));
        isRejected(
                sign(form().set("content-digest", right + ", sha-512=:AAAA:"), ALL, parameters()),
                Reason.INVALID_REQUEST_SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({"-31, false", "-30, true", "30, true", "31, false"})
    void the_window_is_the_same(int seconds, boolean accepted) {
        SentRequest request = sign(bare(), BARE, parameters(SECONDS + seconds));
        if (accepted) {
            isLetIn(request);
        } else {
            assertThat(method.authenticate(request))
                    .isEqualTo(new Outcome.Rejected(Reason.REQUEST_OUTSIDE_WINDOW, CredentialKind.SIGNATURE, NOW));
        }
    }

    @Test
    void an_end_that_the_client_sets_counts() {
        isLetIn(sign(bare(), BARE, parameters() + ";expires=" + SECONDS));
        isRejected(sign(bare(), BARE, parameters() + ";expires=" + (SECONDS - 1)), Reason.REQUEST_OUTSIDE_WINDOW);
    }

    @Test
    void times_are_seconds_of_ten_digits_at_most() {
        for (String created : List.of("0", "9999999999")) {
            SentRequest request = sign(bare(), BARE, parameters().replace("" + SECONDS, created));
            isRejected(request, Reason.REQUEST_OUTSIDE_WINDOW);
        }
        SentRequest later = sign(bare(), BARE, parameters().replace("" + SECONDS, "10000000000"));
        isRejected(later, Reason.MALFORMED_SIGNATURE_HEADERS);
        isLetIn(sign(bare(), BARE, parameters() + ";expires=9999999999"));
        SentRequest endless = sign(bare(), BARE, parameters() + ";expires=10000000000");
        isRejected(endless, Reason.MALFORMED_SIGNATURE_HEADERS);
        isRejected(sign(bare(), BARE, parameters() + ";expires=0"), Reason.REQUEST_OUTSIDE_WINDOW);
    }

    @Test
    void a_nonce_has_at_most_255_characters() {
        isLetIn(sign(bare(), BARE, parameters().replace("n1", "n".repeat(255))));
        SentRequest longer = sign(bare(), BARE, parameters().replace("n1", "n".repeat(256)));
        isRejected(longer, Reason.MALFORMED_SIGNATURE_HEADERS);
    }

    @Test
    void whoever_accepts_message_signatures_accepts_what_is_signed_simply_and_leaves_the_rest_to_others() {
        SentRequest simple = SentRequest.of("GET", "/v1/balances").signed(key, NOW);
        SentRequest unsigned = SentRequest.of("GET", "/v1/balances");
        isLetIn(simple);
        assertThat(method.authenticate(unsigned)).isEqualTo(Outcome.notApplicable());
        assertThat(method.isNamedBy(unsigned)).isFalse();
        for (SentRequest named :
                List.of(simple, unsigned.with("signature", "x"), unsigned.with("signature-input", ""))) {
            assertThat(method.isNamedBy(named)).isTrue();
        }
    }

    /** RFC 9421 section 2.5: what is signed is the one spelling, however the field was sent. */
    @Test
    void the_field_can_be_sent_with_more_white_space() {
        isLetIn(sign(
                bare(),
                BARE,
                parameters(),
                "(  \"@method\"   \"@authority\" \"@path\" )" + parameters().replace(";", ";  ")));
    }

    @Test
    void both_headers_must_be_there_once_with_one_signature() {
        SentRequest request = sign(bare(), BARE, parameters());
        String input = request.headers("signature-input").get(0);
        String signature = request.headers("signature").get(0);

        isRejected(request.without("signature"), Reason.MISSING_SIGNATURE_HEADERS);
        isRejected(request.without("signature-input"), Reason.MISSING_SIGNATURE_HEADERS);
        isRejected(request.with("signature", signature), Reason.MALFORMED_SIGNATURE_HEADERS);
        for (String other : List.of(
                signature + ", sig2=:AAAA:",
                signature.replace("sig1", "sig2"),
                signature + ";x",
                signature.replace("==:", ":"),
                "sig1=:AAAA:",
                "sig1=\"AAAA\"",
                "sig1")) {
            isRejected(request.set("signature", other), Reason.MALFORMED_SIGNATURE_HEADERS);
        }
        isRejected(
                request.set("signature-input", input + ", " + input.replace("sig1=", "sig2="))
                        .set("signature", signature + ", " + signature.replace("sig1=", "sig2=")),
                Reason.MALFORMED_SIGNATURE_HEADERS);
        isRejected(request.set("signature-input", "sig1=5"), Reason.MALFORMED_SIGNATURE_HEADERS);
    }

    @Test
    void both_schemes_on_one_request_are_two_credentials() {
        SentRequest two = sign(bare(), BARE, parameters()).signed(key, NOW);

        assertThat(method.authenticate(two)).isEqualTo(Outcome.rejected(Reason.MORE_THAN_ONE_CREDENTIAL, null));
    }

    @Test
    void bodies_are_held_to_the_same_rules_but_for_their_type() {
        isRejected(sign(form().with("content-encoding", "gzip"), ALL, parameters()), Reason.BODY_NOT_SIGNABLE);
        isRejected(sign(form().by("GET"), ALL, parameters()), Reason.BODY_NOT_ALLOWED);
        isRejected(sign(form().to("/a[0]"), ALL, parameters()), Reason.MALFORMED_REQUEST_TARGET);
    }
}
