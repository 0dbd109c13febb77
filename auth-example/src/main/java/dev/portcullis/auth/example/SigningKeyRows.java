package dev.portcullis.auth.example;

import dev.portcullis.auth.signature.Ed25519PublicKey;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.testkit.RequestSigner;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Trading keys: the public half is registered, listed and deleted by a signed-in user. */
final class SigningKeyRows {

    private static final String KEYS = "/api/v1/signing-keys/";
    private static final String ACCOUNT = "user_tour_desk";
    private static final String NOBODYS = "019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a79/";
    private static final int MOST_KEYS = 100;
    private static final String NO_KEY =
            "The public key must be the base64 of the 32 bytes of an Ed25519 key, and not of small order.";

    /** The eight points whose order divides 8 (RFC 7748 section 7, RFC 8032 section 8.9). */
    private static final List<String> SMALL_ORDER = List.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");

    private final TourServers servers;
    private final TourTable table;
    private final String user;

    SigningKeyRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.user = servers.token().subject(ACCOUNT).sign();
    }

    void add() {
        addRegistering();
        addOthers();
        addFaults();
    }

    private static String text(Ed25519PublicKey key) {
        return Base64.getEncoder().encodeToString(key.encoded());
    }

    private static String named(String publicKey) {
        return "{\"name\":\"Desk\",\"public_key\":\"" + publicKey + "\"}";
    }

    private Ask register(String body) {
        return Ask.of("POST", KEYS).bearer(user).json(body);
    }

    private void addRegistering() {
        table.section("Trading keys: a user registers the public half, signs with the other, rolls over, deletes");
        RequestSigner old = RequestSigner.of(Ed25519SecretKey.generate());
        RequestSigner next = RequestSigner.of(Ed25519SecretKey.generate());
        String id = registered(old);
        registered(next);
        row(
                register(named(text(old.key().publicKey()))).about("again"),
                Expected.refused(409, "Public key is already registered."));
        row(
                Ask.of("POST", KEYS)
                        .bearer(servers.token().subject("user_tour_other").sign())
                        .json(named(text(old.key().publicKey())))
                        .about("by another account"),
                Expected.refused(409, "Public key is already registered."));
        row(
                Ask.get(KEYS).bearer(user).about("newest first"),
                Expected.status(200)
                        .withBody(Pattern.quote(fingerprint(next)) + ".*" + Pattern.quote(fingerprint(old))));
        Ask use = Ask.get("/v1/balances");
        row(use.signed(old).about("both work"), Expected.status(200).withBody(ACCOUNT));
        row(use.signed(next).about("both work"), Expected.status(200).withBody(ACCOUNT));
        Ask delete = Ask.of("DELETE", KEYS + id + "/").bearer(user);
        row(delete, Expected.status(204));
        row(use.signed(old).about("deleted: at once"), Expected.rejected("Invalid request signature."));
        row(use.signed(next), Expected.status(200));
        row(delete.about("again"), Expected.refused(404, "Signing key not found."));
        row(
                Ask.get(KEYS + "audit/").bearer(user).about("who did it"),
                Expected.status(200).withBody("\"action\":\"delete\""));
        row(Ask.get(KEYS + "openapi.json").about("what there is, for anyone"), Expected.status(200));
    }

    private static String fingerprint(RequestSigner signer) {
        return signer.key().publicKey().fingerprintText();
    }

    /** The fingerprint comes back, and nothing secret, for nothing secret was sent. */
    private String registered(RequestSigner signer) {
        Answer answer = row(
                register(named(text(signer.key().publicKey()))),
                Expected.status(201)
                        .withBody("\"fingerprint\":\"" + Pattern.quote(fingerprint(signer)) + "\"")
                        .withBody("\"scopes\":\\[\\]")
                        .withBodyWithout(Pattern.quote(signer.key().reveal())));
        Matcher id = Pattern.compile("\"id\":\"([^\"]*)\"").matcher(answer == null ? "" : answer.body());
        return id.find() ? id.group(1) : "none";
    }

    private void addOthers() {
        table.section("Nobody else manages them, and another account's key and a missing one look the same");
        Expected person = Expected.forbidden("API key management requires a signed-in user.");
        Ask list = Ask.get(KEYS);
        row(list, Expected.nothingSent());
        row(Ask.get(KEYS + "openapi.json").about("what there is, for anyone"), Expected.status(200));
        row(list.bearer(servers.keys.good()).about("a consumption key"), person);
        row(list.signed(servers.signer(ACCOUNT)).about("a trading key"), person);
        String others = registered(RequestSigner.of(Ed25519SecretKey.generate()));
        String other = servers.token().subject("user_tour_other").sign();
        Expected none = Expected.refused(404, "Signing key not found.");
        row(Ask.of("DELETE", KEYS + others + "/").bearer(other).about("another account's"), none);
        row(Ask.of("DELETE", KEYS + NOBODYS).bearer(other).about("nobody's"), none);
        for (int i = 0; i < MOST_KEYS; i++) {
            servers.signer("user_tour_many_desks");
        }
        row(
                Ask.of("POST", KEYS)
                        .bearer(servers.token().subject("user_tour_many_desks").sign())
                        .json(named(text(Ed25519SecretKey.generate().publicKey())))
                        .about("has 100"),
                Expected.refused(409, "Too many signing keys."));
    }

    private void addFaults() {
        table.section("400: what is no public key, and the eight of small order, whose signatures anybody can make");
        String good = text(Ed25519SecretKey.generate().publicKey());
        for (String point : SMALL_ORDER) {
            String encoded = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(point));
            row(register(named(encoded)).about("of small order"), Expected.invalid("public_key", NO_KEY));
        }
        row(register(named("0".repeat(64))).about("hex"), Expected.invalid("public_key", NO_KEY));
        row(register(named("-----BEGIN PUBLIC KEY-----")).about("PEM"), Expected.invalid("public_key", NO_KEY));
        row(register("{\"name\":\"Desk\"}"), Expected.invalid("public_key", "This field is required."));
        row(
                register("{\"name\":\" \",\"public_key\":\"" + good + "\"}"),
                Expected.invalid("name", "The name must not be blank."));
        String scoped = named(good).replace("}", ",\"scopes\":[\"%s\"]}");
        row(register(scoped.formatted("x:y")), Expected.invalid("scopes", "There is no such scope."));
        row(
                Ask.of("POST", KEYS)
                        .bearer(servers.token()
                                .subject(ACCOUNT)
                                .permissions("catalog:read")
                                .sign())
                        .json(scoped.formatted("trade:write"))
                        .about("holds catalog:read alone"),
                Expected.invalid("scopes", "A key cannot have a scope that you do not hold."));
    }

    private @Nullable Answer row(Ask ask, Expected expected) {
        return table.row(servers.main, ask, expected);
    }
}
