package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.SignedApp.BOTH;
import static dev.portcullis.auth.blackbox.SignedApp.LENIENT;
import static dev.portcullis.auth.blackbox.SignedApp.SIMPLE;
import static dev.portcullis.auth.blackbox.SignedBox.json;
import static dev.portcullis.auth.blackbox.SignedBox.messageSigned;
import static dev.portcullis.auth.blackbox.SignedBox.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.testkit.RequestSigner;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 8, over the wire. */
public interface SignedSuite extends SignedBox {

    String INVALID = "Invalid request signature.";
    String MALFORMED = "Malformed signature headers.";
    String JSON_ONLY = "Signed requests carry JSON bodies only.";

    @ParameterizedTest
    @EnumSource
    default void a_signed_request_is_let_in_with_its_body(SignedApp app) {
        isSeen(app, signed(app, Ask.get("/v1/bytes?status=open&x=%20")), "");
        isSeen(app, signed(app, json("POST", "/v1/bytes", "{\"a\":\"\u00c3\u00a4\"}")), "{\"a\":\"\u00c3\u00a4\"}");
        isSeen(app, signed(app, json("PUT", "/v1/text", "{\n}")), "{|}");
        isSeen(app, signed(app, Ask.of("DELETE", "/v1/bytes/1")), "");
        isSeen(app, signed(app, Ask.of("POST", "/v1/bytes").with("Content-Length", "0")), "");
    }

    /** The body is there in every way in which an application can ask for it. */
    @ParameterizedTest
    @ValueSource(strings = {"bytes", "text", "listener", "forward", "dispatch"})
    default void the_body_can_be_read_again(String how) {
        isSeen(
                SIMPLE,
                signed(SIMPLE, json("POST", "/v1/" + how, "{\"how\":\"" + how + "\"}")),
                "{\"how\":\"" + how + "\"}");
        isSeen(BOTH, messageSigned(BOTH, json("PUT", "/v1/" + how, "[1]")), "[1]");
        String large = "[" + " ".repeat(9_998) + "]";
        isSeen(SIMPLE, signed(SIMPLE, json("POST", "/v1/" + how, large)), large);
    }

    /** "getParameter rules": JSON has none, a form has them behind those of the query. */
    @Test
    default void parameters_are_those_of_query_and_form() {
        isSeen(SIMPLE, signed(SIMPLE, json("POST", "/v1/parameters?a=1&b=%26", "{\"a\":2}")), "{a=1, b=&} 1");
        String form = "a=2&c=%C3%A4+x&d&=e&&f=%zz";
        Ask ask = Ask.of("POST", "/v1/parameters?a=1")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("Content-Length", Integer.toString(form.length()))
                .withBody(form);
        Answer answer = ask(BOTH, messageSigned(BOTH, ask));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("trader {")
                .contains("a=1+2", "c=\u00c3\u00a4 x", "d=")
                .endsWith("} 1");
        isRefused(SIMPLE, signed(SIMPLE, ask), 415, JSON_ONLY);
    }

    @Test
    default void a_chunked_body_is_signed_without_its_chunks() {
        Ask ask = Ask.of("POST", "/v1/bytes")
                .with("Content-Type", "application/json")
                .with("Transfer-Encoding", "chunked")
                .withBody("3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\nTrailer: x\r\n\r\n");

        isSeen(SIMPLE, signed(SIMPLE, SIMPLE.signer, ask, "{\"a\":1}"), "{\"a\":1}");
        isRefused(SIMPLE, signed(SIMPLE, SIMPLE.signer, ask, "{\"a\":2}"), 401, INVALID);
    }

    @Test
    default void an_over_long_body_is_413_however_it_is_sent() {
        String large = "[" + " ".repeat(9_999) + "]";
        String chunks = Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n";
        isRefused(SIMPLE, signed(SIMPLE, json("POST", "/v1/bytes", large)), 413, "The body is too large.");
        Ask chunked = Ask.of("POST", "/v1/bytes")
                .with("Content-Type", "application/json")
                .with("Transfer-Encoding", "chunked")
                .withBody(chunks);
        isRefused(SIMPLE, signed(SIMPLE, SIMPLE.signer, chunked, large), 413, "The body is too large.");
        isRefused(LENIENT, signed(LENIENT, LENIENT.signer, chunked, large), 413, "The body is too large.");
    }

    /** "`/t?x=1` + body `&y=2` against `/t?x=1&y=2`". */
    @Test
    default void a_part_of_the_target_cannot_move_into_the_body() {
        Ask whole = signed(SIMPLE, Ask.of("POST", "/v1/bytes?x=1&y=2").with("Content-Length", "0"));
        List<String> headers = whole.headers().subList(1, whole.headers().size());
        for (String type : List.of("application/json", "application/x-www-form-urlencoded", "text/plain")) {
            Ask moved = new Ask("POST", "/v1/bytes?x=1", headers, "&y=2")
                    .with("Content-Length", "4")
                    .with("Content-Type", type);
            isRefused(SIMPLE, moved, 415, JSON_ONLY);
        }
    }

    @Test
    default void a_body_that_is_not_JSON_or_compressed_is_415() {
        isRefused(
                SIMPLE,
                signed(
                        SIMPLE,
                        Ask.of("POST", "/v1/bytes").with("Content-Length", "2").withBody("{}")),
                415,
                JSON_ONLY);
        isRefused(SIMPLE, signed(SIMPLE, json("POST", "/v1/bytes", "1")), 415, JSON_ONLY);
        isRefused(
                SIMPLE,
                signed(SIMPLE, json("POST", "/v1/bytes", "{}").with("Content-Encoding", "gzip")),
                415,
                JSON_ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    default void a_body_on_a_method_that_has_none_is_400(String method) {
        isRefused(SIMPLE, signed(SIMPLE, json(method, "/v1/bytes", "{}")), 400, "This request must not have a body.");
    }

    /** Containers refuse most of such targets by themselves; what they let through is refused here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/bytes?a={b}",
                "/v1/bytes?a=b|c",
                "/v1/bytes?a=\"",
                "/v1/bytes?%",
                "/v1/bytes?a=%zz",
                "/v1/bytes?a[0]=1"
            })
    default void a_malformed_target_is_400(String target) {
        Ask ask = Ask.get(target);
        Answer answer = ask(SIMPLE, with(ask));

        assertThat(answer.status()).isEqualTo(400);
    }

    private static Ask with(Ask ask) {
        Ask signed = signed(SIMPLE, Ask.get("/v1/bytes"));
        return new Ask("GET", ask.target(), signed.headers(), "");
    }

    /** "percent-encoded, dot-segment and double-slash targets": signed as they are sent; no rule opens what is ambiguous. */
    @ParameterizedTest
    @CsvSource({
        "/v1/bytes/%61, 200",
        "/v1/bytes/a;b=c, 403",
        "/v1/bytes/a/../b, 403",
        "/v1/bytes//a, 403",
        "/v1/bytes/%2e%2e/x, 403",
        "/v1/bytes/a%2fb, 403",
        "/v1/bytes?, 200",
        "/v1/bytes?a?b/c=&&, 200"
    })
    default void a_target_is_signed_as_it_is_sent(String target, int status) {
        // 404: a container without a servlet for the path, as it reads that, asks no filter
        Answer answer = ask(SIMPLE, signed(SIMPLE, Ask.get(target)));
        assertThat(answer.status()).as("%s", answer).isIn(status, 400, 404);
        Ask other =
                new Ask("GET", target, signed(SIMPLE, Ask.get("/v1/bytes/a")).headers(), "");
        assertThat(ask(SIMPLE, other).status()).isIn(400, 401, 404);
    }

    @Test
    default void the_context_path_is_signed_too() {
        Ask without = SignedBox.signed(SIMPLE, BOTH.signer, Ask.get("/v1/bytes"), "");
        isRefused(BOTH, without, 401, INVALID);
    }

    @Test
    default void a_header_that_is_missing_or_sent_twice_is_told_of() {
        Ask whole = signed(SIMPLE, Ask.get("/v1/bytes"));
        for (String line : whole.headers()) {
            List<String> others =
                    whole.headers().stream().filter(each -> !each.equals(line)).toList();
            isRefused(SIMPLE, new Ask("GET", "/v1/bytes", others, ""), 401, "Missing signature headers.");
            isRefused(SIMPLE, whole.withLine(line), 401, MALFORMED);
            isRefused(SIMPLE, new Ask("GET", "/v1/bytes", others, "").withLine(line + "="), 401, MALFORMED);
        }
    }

    /** "a 65-byte signature; non-canonical base64; an unpadded or URL-safe signature (malformed: one spelling only)". */
    @Test
    default void a_signature_and_a_fingerprint_have_one_spelling() {
        Ask whole = signed(SIMPLE, Ask.get("/v1/bytes"));
        for (String line : whole.headers()) {
            String name = line.substring(0, line.indexOf(':'));
            String value = line.substring(name.length() + 2);
            List<String> others =
                    whole.headers().stream().filter(each -> !each.equals(line)).toList();
            Ask rest = new Ask("GET", "/v1/bytes", others, "");
            assertThat(ask(SIMPLE, rest.with(name, " " + value + "\t")).status())
                    .isEqualTo(200);
            for (String other : spellings(name, value)) {
                isRefused(SIMPLE, rest.with(name, other), 401, MALFORMED);
            }
        }
    }

    private static List<String> spellings(String name, String value) {
        if (name.endsWith("timestamp")) {
            return List.of("+" + value, value + ".0", value + "000", "0" + value, value.substring(1));
        }
        if (name.endsWith("fingerprint")) {
            return List.of(value + "=", loose(value, 42), value.substring(1), "-" + value.substring(1));
        }
        byte[] longer = Arrays.copyOf(Base64.getDecoder().decode(value), 65);
        return List.of(
                value.substring(0, 86),
                loose(value, 85),
                "_" + value.substring(1),
                value + "=",
                value.substring(0, 40) + " " + value.substring(40),
                Base64.getEncoder().encodeToString(longer),
                Base64.getEncoder().encodeToString(Arrays.copyOf(longer, 63)));
    }

    /** The same bytes to a lenient reader: of the last character only some bits are used. */
    private static String loose(String value, int last) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char next = alphabet.charAt(alphabet.indexOf(value.charAt(last)) + 1);
        return value.substring(0, last) + next + value.substring(last + 1);
    }

    @Test
    default void an_unknown_key_and_a_wrong_signature_are_told_alike() {
        RequestSigner stranger = RequestSigner.of(Ed25519SecretKey.generate()).clock(SIMPLE.clock);
        isRefused(SIMPLE, SignedBox.signed(SIMPLE, stranger, Ask.get("/v1/bytes"), ""), 401, INVALID);
        isRefused(
                SIMPLE,
                new Ask("GET", "/v1/text", signed(SIMPLE, Ask.get("/v1/bytes")).headers(), ""),
                401,
                INVALID);
    }

    @ParameterizedTest
    @CsvSource({"-31, 401", "-30, 200", "-29, 200", "29, 200", "30, 200", "31, 401"})
    default void the_window_is_30_seconds_either_way(int seconds, int status) {
        Instant now = SIMPLE.clock.instant();
        RequestSigner signer = SIMPLE.signer.clock(() -> now.plusSeconds(seconds));
        Ask ask = SignedBox.signed(SIMPLE, signer, Ask.get("/v1/bytes"), "");
        if (status == 200) {
            isSeen(SIMPLE, ask, "");
        } else {
            Answer answer = isRefused(SIMPLE, ask, 401, "Request timestamp is outside the allowed window.");
            assertThat(answer.header("X-Server-Time")).isEqualTo(Long.toString(now.getEpochSecond()));
        }
    }

    @Test
    default void what_can_change_something_is_let_in_once() {
        Ask post = signed(SIMPLE, json("POST", "/v1/bytes?once", "{}"));
        isSeen(SIMPLE, post, "{}");
        isRefused(SIMPLE, post, 401, "Request signature was already used.");

        Ask message = messageSigned(BOTH, json("POST", "/v1/bytes?once", "{}"));
        isSeen(BOTH, message, "{}");
        isRefused(BOTH, message, 401, "Request signature was already used.");

        Ask get = signed(SIMPLE, Ask.get("/v1/bytes?again"));
        isSeen(SIMPLE, get, "");
        isSeen(SIMPLE, get, "");
    }

    @Test
    default void two_credentials_are_refused() {
        Ask whole = signed(SIMPLE, Ask.get("/v1/bytes"));
        String detail = "More than one credential was sent.";
        isRefused(SIMPLE, whole.bearer(SIMPLE.consumptionKey), 401, detail);
        isRefused(SIMPLE, whole.with("x-api-key", SIMPLE.consumptionKey), 401, detail);
        isRefused(SIMPLE, Ask.get("/v1/bytes").bearer("x").with("x-thegrid-signature", ""), 401, detail);
        isRefused(BOTH, messageSigned(BOTH, signed(BOTH, Ask.get("/v1/bytes"))), 401, detail);
        isRefused(
                SIMPLE,
                whole.with("Authorization", "Bearer"),
                401,
                "Invalid Authorization header: no credentials provided.");
    }

    /** "consumption key opens the inference routes, trading key the trading routes, neither the other's". */
    @Test
    default void neither_kind_of_key_opens_the_others_routes() {
        String detail = "This endpoint does not accept this kind of credential.";
        assertThat(ask(SIMPLE, json("POST", "/v1/inference", "{}").bearer(SIMPLE.consumptionKey))
                        .status())
                .isEqualTo(200);
        assertThat(ask(SIMPLE, json("POST", "/v1/inference", "{}").with("x-api-key", SIMPLE.consumptionKey))
                        .status())
                .isEqualTo(200);
        isRefused(SIMPLE, signed(SIMPLE, json("POST", "/v1/inference", "{}")), 403, detail);
        isRefused(SIMPLE, Ask.get("/v1/bytes").bearer(SIMPLE.consumptionKey), 403, detail);
    }

    @Test
    default void a_message_signature_needs_its_option() {
        assertThat(ask(SIMPLE, messageSigned(SIMPLE, Ask.get("/v1/bytes"))).status())
                .isEqualTo(401);
        isSeen(BOTH, messageSigned(BOTH, Ask.get("/v1/bytes?a=1")), "");
        isRefused(
                BOTH,
                new Ask(
                        "GET",
                        "/v1/bytes?a=2",
                        messageSigned(BOTH, Ask.get("/v1/bytes?a=1")).headers(),
                        ""),
                401,
                INVALID);
        Ask multipart = Ask.of("POST", "/v1/bytes")
                .with("Content-Type", "multipart/form-data; boundary=b")
                .with("Content-Length", "7")
                .withBody("--b--\r\n");
        isSeen(BOTH, messageSigned(BOTH, multipart), "--b--\r\n");
    }

    /** RFC 9421 section 2.2.3, RFC 9110 section 4.2.3: one authority, in whichever spelling the host is sent. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost:80", "LOCALHOST"})
    default void the_authority_has_no_usual_port(String host) {
        isSeen(BOTH, messageSigned(BOTH, Ask.get("/v1/bytes").with("Host", host)), "");
    }

    @Test
    default void the_authority_has_every_other_port() {
        isRefused(BOTH, messageSigned(BOTH, Ask.get("/v1/bytes").with("Host", "localhost:443")), 401, INVALID);
    }

    /** A bad signature is overlooked on an open route, and the body is there all the same. */
    @Test
    default void an_open_route_can_overlook_a_bad_signature() {
        Ask ask = json("POST", "/v1/bytes", "{\"open\":true}");
        Answer answer = ask(LENIENT, SignedBox.signed(LENIENT, LENIENT.signer, ask, "{}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("null {\"open\":true}");
    }
}
