package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent, the answer is one that is documented, and nothing else than what was signed is let in. The requests are
 * random, and the same in each run; {@code -Dfuzz.rounds=NUMBER} makes more of them.
 */
class SignatureFuzzTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** All that can be wrong with a signed request, as the guide has it. */
    private static final Set<Reason> DOCUMENTED = Set.of(
            Reason.MISSING_SIGNATURE_HEADERS,
            Reason.MALFORMED_SIGNATURE_HEADERS,
            Reason.UNKNOWN_FINGERPRINT,
            Reason.INVALID_REQUEST_SIGNATURE,
            Reason.REQUEST_OUTSIDE_WINDOW,
            Reason.REQUEST_REPLAYED,
            Reason.MALFORMED_REQUEST_TARGET,
            Reason.BODY_NOT_ALLOWED,
            Reason.BODY_NOT_SIGNABLE,
            Reason.BODY_TOO_LARGE,
            Reason.MORE_THAN_ONE_CREDENTIAL);

    private final Ed25519SecretKey key = Objects.requireNonNull(
            Ed25519SecretKey.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));
    private final InMemorySigningKeyStore store = new InMemorySigningKeyStore();

    SignatureFuzzTest() {
        SigningKeys.builder().store(store).build().register("alice", "desk", key.publicKey(), Set.of());
    }

    private SignedRequestAuthentication.Builder settings() {
        return SignedRequestAuthentication.builder()
                .store(store)
                .maximumBody(1000)
                .acceptMessageSignatures()
                .clock(() -> NOW);
    }

    private SignedRequestAuthentication method() {
        return settings().replayProtection(ReplayProtection.OFF).build();
    }

    /** Whether it is let in; if not, for a reason that is documented, or because nothing names this method. */
    private static boolean isLetIn(SignedRequestAuthentication method, SentRequest request) {
        Outcome outcome;
        try {
            outcome = method.authenticate(request);
        } catch (RuntimeException e) {
            return fail("%s".formatted(request), e);
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            assertThat(DOCUMENTED).as("%s", request).contains(rejected.reason());
            return false;
        }
        if (outcome.equals(Outcome.notApplicable())) {
            assertThat(method.isNamedBy(request)).as("%s", request).isFalse();
            return false;
        }
        assertThat(outcome).as("%s", request).isInstanceOf(Outcome.Authenticated.class);
        return true;
    }

    private static SentRequest mutated(SentRequest request, List<String> names, Mutations mutations) {
        SentRequest mutant = request;
        do {
            String name = mutations.oneOf(names);
            List<String> values = mutant.headers(name);
            String value = values.isEmpty() ? "" : values.get(0);
            mutant = switch (mutations.below(12)) {
                case 0 -> mutant.without(name);
                case 1 -> mutant.with(name, value);
                case 2 -> mutant.set(name, mutations.noise(8));
                case 3 -> mutant.set(name, String.join("", mutant.headers(mutations.oneOf(names))));
                default -> mutant.set(name, mutations.of(value));
            };
        } while (mutations.below(3) == 0);
        return mutant;
    }

    /** "one spelling only": the three headers, but for the white space around them, which is HTTP's own. */
    @Test
    void the_three_headers_are_let_in_in_one_spelling() {
        Mutations mutations = new Mutations(1);
        List<String> names = List.of("x-thegrid-timestamp", "x-thegrid-fingerprint", "x-thegrid-signature");
        SentRequest request = SentRequest.json("POST", "/v1/orders?dry=1", "{}").signed(key, NOW);
        try (SignedRequestAuthentication method = method()) {
            assertThat(isLetIn(method, request)).isTrue();
            for (int i = 0; i < Mutations.ROUNDS; i++) {
                SentRequest mutant = mutated(request, names, mutations);
                if (isLetIn(method, mutant)) {
                    for (String name : names) {
                        assertThat(mutant.headers(name).stream().map(HeaderField::trimmed))
                                .isEqualTo(request.headers(name));
                    }
                }
            }
        }
    }

    private SentRequest messageSigned(SentRequest request, String components, String parameters) {
        String input = "(" + components + ");created=" + NOW.getEpochSecond() + parameters + ";keyid=\""
                + key.publicKey().fingerprintText() + "\";alg=\"ed25519\"";
        SentRequest whole = request.content().length == 0
                ? request
                : request.with(SignatureInput.CONTENT_DIGEST, ContentDigest.field(request.content()));
        try {
            byte[] base = input(whole.with("signature-input", "s=" + input)).base(whole);
            return whole.with("signature-input", "s=" + input)
                    .with("signature", "s=:" + Base64Text.padded(key.sign(base)) + ":");
        } catch (UnacceptableRequestException e) {
            throw new AssertionError(e);
        }
    }

    private static SignatureInput input(SentRequest request) throws UnacceptableRequestException {
        Map<String, Object> inputs =
                StructuredField.dictionary(request.headers("signature-input").get(0));
        return SignatureInput.of(inputs.values().iterator().next());
    }

    private static byte @Nullable [] base(SentRequest request) {
        try {
            return input(request).base(request);
        } catch (UnacceptableRequestException e) {
            return null;
        }
    }

    /** Structured fields have several spellings; all of one request sign the same bytes, and are one request to the memory. */
    @Test
    void a_message_signature_is_let_in_over_what_was_signed_alone_and_once() {
        Mutations mutations = new Mutations(2);
        List<String> names = List.of("signature-input", "signature", "content-digest", "x-other");
        SentRequest request = messageSigned(
                SentRequest.json("POST", "/v1/orders?dry=1", "{}")
                        .with("host", "api.example")
                        .with("x-other", "a, b"),
                "\"@method\" \"@authority\" \"@path\" \"@query\" \"x-other\" \"content-digest\"",
                ";expires=1772366500;nonce=\"a \\\" \\\\ b\"");
        byte[] signed = Objects.requireNonNull(base(request));
        int spellings = 0;
        try (SignedRequestAuthentication method = method();
                SignedRequestAuthentication once =
                        settings().replayMemory(new InMemoryReplayMemory()).build()) {
            assertThat(isLetIn(method, request)).isTrue();
            assertThat(isLetIn(once, request)).isTrue();
            for (int i = 0; i < Mutations.ROUNDS; i++) {
                SentRequest mutant = mutated(request, names, mutations);
                if (isLetIn(method, mutant)) {
                    assertThat(base(mutant)).as("%s", mutant).isEqualTo(signed);
                    assertThat(isLetIn(once, mutant)).as("%s", mutant).isFalse();
                    spellings += mutant.fields().equals(request.fields()) ? 0 : 1;
                }
            }
        }
        assertThat(spellings).as("some mutants are other spellings").isPositive();
    }

    /** Whatever is read is read alike when it is written as the standard writes it. */
    @Test
    void what_is_read_of_structured_fields_has_one_meaning() throws UnacceptableRequestException {
        Mutations mutations = new Mutations(3);
        List<String> seeds = List.of(
                "s=(\"@method\" \"x\");created=1;nonce=\"n\\\"\";keyid=\"k\";alg=\"ed25519\"",
                "a=1, b;x=?0, c=:AAAA:, d=\"t\", e=tok/en:*, f=(1 2);g, h=-999999999999999",
                "sha-256=:AAAA:,sha-512=::");
        int read = 0;
        for (int i = 0; i < Mutations.ROUNDS; i++) {
            String text = mutations.below(4) == 0 ? mutations.noise(30) : mutations.of(mutations.oneOf(seeds));
            try {
                SignatureInput input = SignatureInput.of(
                        StructuredField.dictionary(text).values().iterator().next());
                String written = input.serialized();
                assertThat(SignatureInput.of(
                                StructuredField.dictionary("s=" + written).get("s")))
                        .as(text)
                        .isEqualTo(input);
                read++;
            } catch (UnacceptableRequestException e) {
                assertThat(e.reason()).isEqualTo(Reason.MALFORMED_SIGNATURE_HEADERS);
            }
        }
        assertThat(read).isGreaterThan(Mutations.ROUNDS / 200);
    }

    @Test
    void a_digest_is_that_of_one_body() throws UnacceptableRequestException {
        Mutations mutations = new Mutations(4);
        byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
        String field = ContentDigest.field(body);
        assertThat(ContentDigest.matches(field, body)).isTrue();
        for (int i = 0; i < Mutations.ROUNDS; i++) {
            String mutant = mutations.of(field);
            try {
                if (ContentDigest.matches(mutant, body)) {
                    assertThat(mutant).contains(field);
                    assertThat(ContentDigest.matches(mutant, new byte[] {'{', ' ', '}'}))
                            .isFalse();
                }
            } catch (UnacceptableRequestException e) {
                assertThat(e.reason()).isEqualTo(Reason.MALFORMED_SIGNATURE_HEADERS);
            }
        }
    }

    /** Few characters, so that many pairs run together to the same text: "nothing marks where the target ends". */
    @Test
    void one_signature_is_over_one_target_and_one_body() {
        Mutations mutations = new Mutations(5);
        List<String> letters =
                List.of("/", "?", "&", "=", "a", "1", "%2f", "{", "}", "[", "\"", " ", "\r\n", ":", "\u00e4", "#");
        List<String> types = List.of("application/json", "application/a+json; charset=utf-8", "text/plain", "");
        int signedOnes = 0;
        try (SignedRequestAuthentication method = method()) {
            for (int i = 0; i < Mutations.ROUNDS / 40; i++) {
                String whole = "/" + mutations.text(letters, 12);
                int accepted = 0;
                byte[] signature =
                        key.sign((NOW.getEpochSecond() + "POST" + whole).getBytes(StandardCharsets.ISO_8859_1));
                for (int split = 0; split <= whole.length(); split++) {
                    SentRequest request = SentRequest.of("POST", whole.substring(0, split))
                            .with("x-thegrid-timestamp", Long.toString(NOW.getEpochSecond()))
                            .with("x-thegrid-fingerprint", key.publicKey().fingerprintText())
                            .with("x-thegrid-signature", Base64Text.padded(signature))
                            .with("content-type", split == whole.length() ? types.get(0) : mutations.oneOf(types));
                    accepted += isLetIn(method, bytes(request, whole.substring(split))) ? 1 : 0;
                }
                assertThat(accepted).as(whole).isLessThanOrEqualTo(1);
                signedOnes += accepted;
            }
        }
        assertThat(signedOnes).isGreaterThan(Mutations.ROUNDS / 400);
    }

    private static SentRequest bytes(SentRequest request, String body) {
        return new SentRequest(
                request.method(), request.target(), request.fields(), body.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Under either scheme; the method and the timestamp are in it as well. */
    @Test
    void a_request_that_is_changed_anywhere_is_not_let_in() {
        Mutations mutations = new Mutations(6);
        SentRequest simple =
                SentRequest.json("POST", "/v1/orders?dry=1", "{\"a\":1}").signed(key, NOW);
        SentRequest message = messageSigned(
                SentRequest.json("POST", "/v1/orders?dry=1", "{\"a\":1}").with("host", "api.example"),
                "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\"",
                ";nonce=\"n\"");
        try (SignedRequestAuthentication method = method()) {
            for (int i = 0; i < Mutations.ROUNDS / 10; i++) {
                SentRequest request = i % 2 == 0 ? simple : message;
                assertThat(isLetIn(method, request)).isTrue();
                String body = new String(request.content(), StandardCharsets.ISO_8859_1);
                SentRequest mutant = switch (mutations.below(3)) {
                    case 0 -> request.to(mutations.of(Objects.requireNonNull(request.target())));
                    case 1 -> bytes(request, mutations.of(body));
                    default ->
                        bytes(request, mutations.of(body)).to(mutations.of(Objects.requireNonNull(request.target())));
                };
                boolean same = Objects.equals(mutant.target(), request.target())
                        && new String(mutant.content(), StandardCharsets.ISO_8859_1).equals(body);
                assertThat(isLetIn(method, mutant)).as("%s", mutant).isEqualTo(same);
            }
        }
    }
}
