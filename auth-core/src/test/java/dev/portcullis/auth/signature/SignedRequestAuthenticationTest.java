package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 8. */
class SignedRequestAuthenticationTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Ed25519SecretKey key = Ed25519SecretKey.generate();
    private final InMemorySigningKeyStore store = new InMemorySigningKeyStore();
    private final SignedRequestAuthentication method = settings().build();

    SignedRequestAuthenticationTest() {
        SigningKeys.builder()
                .store(store)
                .build()
                .register("alice", "trading", key.publicKey(), Set.of("orders:write"));
    }

    private SignedRequestAuthentication.Builder settings() {
        return SignedRequestAuthentication.builder()
                .store(store)
                .replayMemory(new InMemoryReplayMemory())
                .maximumBody(1000)
                .clock(() -> NOW);
    }

    private void isRejected(AuthRequest request, Reason reason) {
        Outcome outcome = method.authenticate(request);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(((Outcome.Rejected) outcome).reason()).isEqualTo(reason);
    }

    private void isLetIn(AuthRequest request) {
        assertThat(method.authenticate(request)).isInstanceOf(Outcome.Authenticated.class);
    }

    private SentRequest get(String target) {
        return SentRequest.of("GET", target).signed(key, NOW);
    }

    private SentRequest post(String target, String body) {
        return SentRequest.json("POST", target, body).signed(key, NOW);
    }

    @Test
    void a_signed_request_is_its_keys_owners() {
        Outcome outcome = method.authenticate(get("/v1/orders?status=open"));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Authenticated.class, good -> {
            assertThat(good.caller().subject()).isEqualTo("alice");
            assertThat(good.caller().kind()).isEqualTo(CredentialKind.SIGNATURE);
            assertThat(good.caller().permissions()).containsExactly("orders:write");
            assertThat(good.caller().attributes())
                    .containsEntry("fingerprint", key.publicKey().fingerprintText())
                    .containsEntry("name", "trading")
                    .containsKey("key_id");
        });
    }

    @Test
    void a_request_without_its_headers_is_another_methods() {
        assertThat(method.authenticate(SentRequest.of("GET", "/"))).isEqualTo(Outcome.notApplicable());
        assertThat(method.authenticate(SentRequest.of("GET", "/").with("signature", "x")))
                .isEqualTo(Outcome.notApplicable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-thegrid-timestamp", "x-thegrid-fingerprint", "x-thegrid-signature"})
    void a_header_that_is_missing_doubled_or_empty_is_told_of(String header) {
        SentRequest request = get("/");

        isRejected(request.without(header), Reason.MISSING_SIGNATURE_HEADERS);
        isRejected(request.with(header, request.headers(header).get(0)), Reason.MALFORMED_SIGNATURE_HEADERS);
        isRejected(request.set(header, ""), Reason.MALFORMED_SIGNATURE_HEADERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"177236640", "17723664000", "+177236640", "-177236640", "1772366400.", "0x69a42b40", "١٢٣٤٥٦٧٨٩٠"
            })
    void a_timestamp_has_ten_digits(String timestamp) {
        isRejected(get("/").set("x-thegrid-timestamp", timestamp), Reason.MALFORMED_SIGNATURE_HEADERS);
    }

    /** "an unpadded or URL-safe signature (malformed: one spelling only)", "non-canonical base64", "a 65-byte signature". */
    @Test
    void a_signature_has_one_spelling() {
        SentRequest request = get("/");
        String value = request.headers("x-thegrid-signature").get(0);
        byte[] raw = Base64.getDecoder().decode(value);
        byte[] longer = java.util.Arrays.copyOf(raw, 65);

        for (String other : List.of(
                value.substring(0, 86),
                value.substring(0, 87),
                value.substring(0, 85) + (char) (value.charAt(85) + 1) + "==",
                value.substring(0, 40) + " " + value.substring(40),
                value + "=",
                value.substring(0, 87) + "A",
                Base64.getUrlEncoder().encodeToString(ofUnsafeCharacters()),
                Base64.getEncoder().encodeToString(longer),
                Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(raw, 63)))) {
            isRejected(request.set("x-thegrid-signature", other), Reason.MALFORMED_SIGNATURE_HEADERS);
        }
        isLetIn(request.set("x-thegrid-signature", " " + value + "\t"));
    }

    private static byte[] ofUnsafeCharacters() {
        byte[] bytes = new byte[64];
        java.util.Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    @Test
    void a_fingerprint_has_one_spelling() {
        SentRequest request = get("/");
        String value = request.headers("x-thegrid-fingerprint").get(0);

        for (String other : List.of(value + "=", value.substring(1), value + "A", "-" + value.substring(1))) {
            isRejected(request.set("x-thegrid-fingerprint", other), Reason.MALFORMED_SIGNATURE_HEADERS);
        }
    }

    @Test
    void an_unknown_fingerprint_and_a_wrong_signature_are_told_alike() {
        SentRequest unknown = SentRequest.of("GET", "/").signed(Ed25519SecretKey.generate(), NOW);

        isRejected(unknown, Reason.UNKNOWN_FINGERPRINT);
        isRejected(
                unknown.set("x-thegrid-fingerprint", key.publicKey().fingerprintText()),
                Reason.INVALID_REQUEST_SIGNATURE);
        assertThat(Reason.UNKNOWN_FINGERPRINT.detail()).isEqualTo(Reason.INVALID_REQUEST_SIGNATURE.detail());
    }

    @Test
    void whatever_is_changed_after_signing_breaks_the_signature() {
        SentRequest request = post("/v1/orders", "{\"size\":1}");

        isRejected(request.body("{\"size\":2}"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(request.to("/v1/orderz"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(request.to("/v1/orders?"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(request.by("PUT"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(request.by("post"), Reason.INVALID_REQUEST_SIGNATURE);
        isRejected(
                request.set("x-thegrid-timestamp", Long.toString(NOW.getEpochSecond() + 1)),
                Reason.INVALID_REQUEST_SIGNATURE);
        isLetIn(request);
    }

    /** "`/t?x=1` + body `&y=2` against `/t?x=1&y=2`". */
    @Test
    void a_part_of_the_target_cannot_move_into_the_body() {
        SentRequest request = SentRequest.of("POST", "/t?x=1&y=2").signed(key, NOW);

        isRejected(
                request.to("/t?x=1").with("content-type", "application/json").body("&y=2"), Reason.BODY_NOT_SIGNABLE);
        isRejected(
                request.to("/t?x=1")
                        .with("content-type", "application/x-www-form-urlencoded")
                        .body("&y=2"),
                Reason.BODY_NOT_SIGNABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "null", "-1", "&a", "\uFEFF{}", "a=b"})
    void a_body_that_could_be_a_part_of_a_target_is_refused(String body) {
        isRejected(post("/t", body), Reason.BODY_NOT_SIGNABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"text\"", " {}", "\r\n\t[1]"})
    void JSON_is_let_in(String body) {
        isLetIn(post("/t", body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                 | true
            application/json;charset=utf-8   | true
            Application/JSON; Charset="UTF-8" | true
            application/merge-patch+json     | true
            application/json;charset=utf-16  | false
            text/json                        | false
            text/plain                       | false
            application/jsonl                | false
            multipart/form-data;boundary=x   | false
            """)
    void the_type_of_a_body_must_be_JSON(String type, boolean accepted) {
        SentRequest request = SentRequest.of("POST", "/t")
                .with("content-type", type)
                .body("{}")
                .signed(key, NOW);
        if (accepted) {
            isLetIn(request);
        } else {
            isRejected(request, Reason.BODY_NOT_SIGNABLE);
        }
        isRejected(request.without("content-type"), Reason.BODY_NOT_SIGNABLE);
        isRejected(request.with("content-type", type), Reason.BODY_NOT_SIGNABLE);
    }

    @Test
    void a_compressed_an_overlong_and_an_unwanted_body_are_refused() {
        isRejected(post("/t", "{}").with("content-encoding", "gzip"), Reason.BODY_NOT_SIGNABLE);
        isRejected(post("/t", "{" + " ".repeat(999) + "}"), Reason.BODY_TOO_LARGE);
        isLetIn(post("/t", "{" + " ".repeat(998) + "}"));
        isRejected(post("/t", "{}").set("content-length", "1001"), Reason.BODY_TOO_LARGE);
        for (String bodiless : List.of("GET", "HEAD", "DELETE")) {
            isRejected(SentRequest.json(bodiless, "/t", "{}").signed(key, NOW), Reason.BODY_NOT_ALLOWED);
        }
    }

    @Test
    void a_body_that_breaks_off_is_the_clients_fault() {
        SentRequest sent = post("/t", "{}");
        AuthRequest broken = new AuthRequest() {
            @Override
            public String method() {
                return sent.method();
            }

            @Override
            public List<String> headers(String name) {
                return sent.headers(name);
            }

            @Override
            public @Nullable String target() {
                return sent.target();
            }

            @Override
            public byte @Nullable [] body(int most) throws IOException {
                throw new IOException("cut off");
            }
        };
        isRejected(broken, Reason.BODY_INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "*", "orders", "/a b", "/a{b}", "/a[0]", "/a\"", "/a%2", "/a%zz", "/a#b", "/ä", "/a|b", "/a\\b"
            })
    void a_target_that_RFC_3986_does_not_allow_is_refused(String target) {
        isRejected(get("/").to(target), Reason.MALFORMED_REQUEST_TARGET);
    }

    @Test
    void a_target_is_of_every_character_that_RFC_3986_allows_and_of_no_neighbour() {
        isLetIn(get("/AZaz09-._~!$&'()*+,;=:@/?%00%09%AF%af%Fa"));
        for (String wrong :
                List.of("/\u0080", "/\u007f", "/[", "/`", "/{", "/^", "/%/0", "/%0:", "/%@0", "/%0G", "/%`0", "/%0g")) {
            isRejected(get("/").to(wrong), Reason.MALFORMED_REQUEST_TARGET);
        }
    }

    /** Or two spellings of one method would be two requests, and a rule could be passed by with one of them. */
    @Test
    void a_method_is_of_upper_case_letters() {
        for (String verb : List.of("get", "Get", "GEt", "", "G-T", "G@T", "G[T")) {
            byte[] bytes = SimpleScheme.signed("" + NOW.getEpochSecond(), verb, "/", new byte[0]);
            String signature = Base64.getEncoder().encodeToString(key.sign(bytes));
            isRejected(get("/").by(verb).set("x-thegrid-signature", signature), Reason.INVALID_REQUEST_SIGNATURE);
        }
        isLetIn(SentRequest.of("ZAP", "/").signed(key, NOW));
    }

    @Test
    void a_target_that_is_not_known_is_refused() {
        isRejected(get("/").to(null), Reason.MALFORMED_REQUEST_TARGET);
    }

    /** "percent-encoded, dot-segment and double-slash targets": signed as they are sent, and as nothing else. */
    @ParameterizedTest
    @CsvSource({"/a%2Fb, /a/b", "/a/../b, /b", "/a//b, /a/b", "/a%62, /ab", "/a%2f, /a%2F", "/a;x=1, /a"})
    void a_target_is_taken_as_it_was_sent(String sent, String other) {
        SentRequest request = get(sent);

        isLetIn(request);
        isRejected(request.to(other), Reason.INVALID_REQUEST_SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({"-31, false", "-30, true", "-29, true", "0, true", "29, true", "30, true", "31, false"})
    void the_window_is_30_seconds_either_way_inclusive(int seconds, boolean accepted) {
        SentRequest request = SentRequest.of("GET", "/").signed(key, NOW.plusSeconds(seconds));

        if (accepted) {
            isLetIn(request);
        } else {
            assertThat(method.authenticate(request))
                    .isEqualTo(new Outcome.Rejected(Reason.REQUEST_OUTSIDE_WINDOW, CredentialKind.SIGNATURE, NOW));
        }
    }

    /** A client's clock is read in whole seconds, the rest cut off; so is the server's. */
    @ParameterizedTest
    @CsvSource({"30, 0, true", "30, 999, true", "31, 0, false", "-30, 0, true", "-31, 999, false", "-30, 1, true"})
    void parts_of_a_second_do_not_count(int seconds, int millis, boolean accepted) {
        SignedRequestAuthentication then = settings()
                .clock(() -> NOW.plusSeconds(seconds).plusMillis(millis))
                .build();
        assertThat(then.authenticate(SentRequest.of("GET", "/").signed(key, NOW)) instanceof Outcome.Authenticated)
                .isEqualTo(accepted);
    }

    @Test
    void a_wrong_signature_is_told_before_the_window() {
        isRejected(
                SentRequest.of("GET", "/").signed(key, NOW.minusSeconds(99)).to("/other"),
                Reason.INVALID_REQUEST_SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "HEAD, true", "OPTIONS, true", "POST, false", "PUT, false", "PATCH, false", "DELETE, false"
    })
    void what_can_change_something_is_let_in_once(String verb, boolean again) {
        SentRequest request = SentRequest.of(verb, "/v1/orders/1").signed(key, NOW);

        isLetIn(request);
        if (again) {
            isLetIn(request);
        } else {
            isRejected(request, Reason.REQUEST_REPLAYED);
        }
    }

    @Test
    void replays_are_refused_of_all_or_none_if_so_configured() {
        SentRequest get = get("/");
        SentRequest post = post("/", "{}");
        SignedRequestAuthentication all =
                settings().replayProtection(ReplayProtection.ALL).build();
        SignedRequestAuthentication off = SignedRequestAuthentication.builder()
                .store(store)
                .replayProtection(ReplayProtection.OFF)
                .clock(() -> NOW)
                .build();

        assertThat(all.authenticate(get)).isInstanceOf(Outcome.Authenticated.class);
        assertThat(all.authenticate(get))
                .isEqualTo(Outcome.rejected(Reason.REQUEST_REPLAYED, CredentialKind.SIGNATURE));
        assertThat(off.authenticate(post)).isInstanceOf(Outcome.Authenticated.class);
        assertThat(off.authenticate(post)).isInstanceOf(Outcome.Authenticated.class);
    }

    /** The memory goes by what is signed: a header in another spelling, if there were one, would be no way around. */
    @Test
    void a_request_outside_the_window_or_wrongly_signed_is_not_remembered() {
        SentRequest request = post("/", "{}");

        isRejected(request.body("{ }"), Reason.INVALID_REQUEST_SIGNATURE);
        isLetIn(request);
    }

    /** "retention equals the window": up to the last moment at which the request could be let in, whenever it came. */
    @Test
    void a_request_is_remembered_for_as_long_as_it_could_be_let_in() {
        for (int offset : new int[] {-30, -1, 0, 30}) {
            List<Instant> until = new ArrayList<>();
            SignedRequestAuthentication remembering = settings()
                    .replayMemory((fingerprint, request, now, end) -> until.add(end))
                    .build();
            SentRequest request = SentRequest.json("POST", "/", "{}").signed(key, NOW.plusSeconds(offset));
            assertThat(remembering.authenticate(request)).isInstanceOf(Outcome.Authenticated.class);
            assertThat(until).containsExactly(NOW.plusSeconds(offset + 30).plusMillis(999));
            SignedRequestAuthentication then =
                    settings().clock(() -> until.get(0)).build();
            assertThat(then.authenticate(request)).isInstanceOf(Outcome.Authenticated.class);
            SignedRequestAuthentication after =
                    settings().clock(() -> until.get(0).plusMillis(1)).build();
            assertThat(after.authenticate(request)).isInstanceOf(Outcome.Rejected.class);
        }
    }

    @Test
    void a_deleted_key_is_unknown() {
        SigningKey stored = Objects.requireNonNull(store.find(key.publicKey().fingerprint()));
        store.delete("alice", stored.id(), new SigningKeyNote(Actor.APPLICATION, NOW));

        isRejected(get("/"), Reason.UNKNOWN_FINGERPRINT);
    }

    /** Or a store with a fault of its own would let anybody's signature be anybody else's. */
    @Test
    void a_key_that_is_not_the_one_that_was_asked_for_is_nobodys() {
        SigningKey stored = Objects.requireNonNull(store.find(key.publicKey().fingerprint()));
        SigningKeyStore careless = (SigningKeyStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SigningKeyStore.class},
                (proxy, called, arguments) -> stored);
        try (SignedRequestAuthentication asking = settings().store(careless).build()) {
            assertThat(asking.authenticate(get("/"))).isInstanceOf(Outcome.Authenticated.class);
            String another = Ed25519SecretKey.generate().publicKey().fingerprintText();
            SentRequest request = SentRequest.of("GET", "/").signed(key, NOW).set("x-thegrid-fingerprint", another);
            assertThat(asking.authenticate(request))
                    .isEqualTo(Outcome.rejected(Reason.UNKNOWN_FINGERPRINT, CredentialKind.SIGNATURE));
        }
    }

    /** At most once a minute, by what is let in alone, and on its way at the latest when the method is closed. */
    @Test
    void the_last_use_of_a_key_is_written_down() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        SHA256 fingerprint = key.publicKey().fingerprint();
        try (SignedRequestAuthentication using = settings().clock(now::get).build()) {
            using.authenticate(get("/").to("/other"));
            using.flush();
            assertThat(Objects.requireNonNull(store.find(fingerprint)).lastUsedAt())
                    .isNull();
            for (int second : new int[] {0, 30, 59}) {
                now.set(NOW.plusSeconds(second));
                using.authenticate(SentRequest.of("GET", "/").signed(key, now.get()));
                using.flush();
                assertThat(Objects.requireNonNull(store.find(fingerprint)).lastUsedAt())
                        .isEqualTo(NOW);
            }
            now.set(NOW.plusSeconds(60));
            using.authenticate(SentRequest.of("GET", "/").signed(key, now.get()));
        }
        assertThat(Objects.requireNonNull(store.find(fingerprint)).lastUsedAt()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void a_second_credential_beside_it_is_refused_wherever_the_method_stands() {
        AuthenticationMethod bearer =
                request -> request.headers("authorization").isEmpty()
                        ? Outcome.notApplicable()
                        : Outcome.rejected(Reason.MALFORMED_TOKEN, CredentialKind.JWT);
        AuthenticationMethod both = AuthenticationMethod.firstOf(bearer, method);

        for (SentRequest two : List.of(
                get("/").with("authorization", "Bearer x"),
                get("/").with("x-api-key", "x"),
                SentRequest.of("GET", "/").with("x-thegrid-timestamp", "1").with("authorization", "Bearer x"))) {
            assertThat(both.authenticate(two)).isEqualTo(Outcome.rejected(Reason.MORE_THAN_ONE_CREDENTIAL, null));
        }
        assertThat(both.authenticate(get("/").with("authorization", "Bearer")))
                .isEqualTo(Outcome.rejected(Reason.EMPTY_BEARER, null));
        assertThat(both.authenticate(get("/"))).isInstanceOf(Outcome.Authenticated.class);
        assertThat(both.authenticate(get("/").with("authorization", "Basic eA==")))
                .isInstanceOf(Outcome.Authenticated.class);
    }

    @Test
    void the_names_of_the_headers_can_be_others() {
        SignedRequestAuthentication other = settings().headerPrefix("x-desk").build();
        SentRequest request = SentRequest.of("GET", "/");
        for (var header : RequestSignature.of(key, NOW, "GET", "/", new byte[0])
                .headers("x-desk")
                .entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        assertThat(other.authenticate(request)).isInstanceOf(Outcome.Authenticated.class);
        assertThat(method.authenticate(request)).isEqualTo(Outcome.notApplicable());
    }

    @Test
    void a_store_or_a_memory_that_fails_is_no_rejection() {
        SignedRequestAuthentication noStore = SignedRequestAuthentication.builder()
                .store(new FailingStore())
                .replayMemory(new InMemoryReplayMemory())
                .clock(() -> NOW)
                .build();
        SignedRequestAuthentication noMemory = settings()
                .replayMemory((fingerprint, request, now, until) -> {
                    throw new IllegalStateException("away");
                })
                .build();

        assertThatThrownBy(() -> noStore.authenticate(get("/")))
                .isInstanceOfSatisfying(
                        AuthUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.SIGNING_KEY_STORE_UNAVAILABLE));
        assertThatThrownBy(() -> noMemory.authenticate(post("/", "{}")))
                .isInstanceOfSatisfying(
                        AuthUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REPLAY_MEMORY_UNAVAILABLE));
        assertThat(noMemory.authenticate(get("/"))).isInstanceOf(Outcome.Authenticated.class);
    }

    /** A request that knows its headers alone must not be taken for one without a body. */
    @Test
    void a_body_that_cannot_be_read_is_not_taken_for_none() {
        SentRequest sent = get("/");
        AuthRequest blind = new AuthRequest() {
            @Override
            public String method() {
                return "GET";
            }

            @Override
            public List<String> headers(String name) {
                return sent.headers(name);
            }

            @Override
            public String target() {
                return "/";
            }
        };
        assertThatThrownBy(() -> method.authenticate(blind)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void settings_that_are_missing_or_contradict_each_other_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedRequestAuthentication.builder().build())
                .withMessageContaining("store");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SignedRequestAuthentication.builder().store(store).build())
                .withMessageContaining("replayMemory");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settings().replayProtection(ReplayProtection.OFF).build())
                .withMessageContaining("OFF");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().headerPrefix("X-Grid").build())
                .withMessageContaining("headerPrefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().window(Duration.ofMinutes(6)).build())
                .withMessageContaining("window");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().maximumBody(0).build())
                .withMessageContaining("maximumBody");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().maximumBody(64 * 1024 * 1024 + 1).build())
                .withMessageContaining("maximumBody");
        for (Duration window : List.of(Duration.ofMillis(999), Duration.ofMillis(1001), Duration.ofSeconds(301))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings().window(window).build())
                    .withMessageContaining("window");
        }
    }

    @Test
    void the_least_and_the_most_that_settings_can_be_are_taken() {
        settings().window(Duration.ofSeconds(1)).maximumBody(1).build().close();
        settings()
                .window(Duration.ofMinutes(5))
                .maximumBody(64 * 1024 * 1024)
                .build()
                .close();
    }
}
