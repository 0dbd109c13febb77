package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 7: "the right path on the wrong host is 403". */
class HostRulesTest {

    private static final Caller TRADER =
            Caller.of(CredentialKind.SESSION, "a", List.of("trade:write", "account:read"), Map.of());
    private static final Caller READER = Caller.of(CredentialKind.API_KEY, "b", List.of("account:read"), Map.of());

    private static PermissionRules.Builder seed() {
        return PermissionRules.builder()
                .ruleOn(List.of("edge.localhost"), "POST", "/auth/logout", Requirement.signedIn())
                .ruleOn(
                        List.of("Trades.localhost.", "trades2.localhost"),
                        "POST",
                        "/full/v1/create_order",
                        Requirement.allOf("trade:write"),
                        CredentialKind.SESSION)
                .ruleOn(List.of("market-data.localhost", "[::1]"), "POST", "/full/v1/instrument", Requirement.anyone())
                .rule("GET", "/health", Requirement.anyone());
    }

    private record Asked(String method, @Nullable String path, List<String> hosts) implements AuthRequest {

        @Override
        public List<String> headers(String name) {
            return name.equals("host") ? hosts : List.of();
        }
    }

    private static Decision decide(PermissionRules rules, @Nullable Caller caller, String path, String... hosts) {
        String method = path.equals("/health") ? "GET" : "POST";
        return rules.decide(caller, new Asked(method, path, List.of(hosts)));
    }

    private static void permitted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Permitted.class);
    }

    private static void refused(Decision decision, Reason reason) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trades.localhost",
                "trades.localhost:8080",
                "TRADES.localhost",
                "trades.localhost.",
                " trades.localhost ",
                "trades.localhost.:443",
                "trades2.localhost"
            })
    void a_route_is_served_on_its_hosts(String host) {
        permitted(decide(seed().build(), TRADER, "/full/v1/create_order", host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edge.localhost",
                "market-data.localhost",
                "localhost",
                "",
                "xtrades.localhost",
                "trades.localhost.x",
                "trades.localhost@x",
                "x@trades.localhost",
                "trades.localhost/",
                "trades.localhost:x",
                "trades.localhost..",
                ".trades.localhost",
                "trades%2elocalhost",
                "trades.localhost, edge.localhost",
                "[trades.localhost]",
                "trades.localhost:80:80",
                "\u0130",
                "trades.localho\u017ft"
            })
    void the_right_path_on_the_wrong_host_is_refused(String host) {
        PermissionRules rules = seed().build();
        refused(decide(rules, TRADER, "/full/v1/create_order", host), Reason.HOST_NOT_SERVED);
        refused(
                decide(rules, null, "/full/v1/instrument", host.equals("market-data.localhost") ? "x" : host),
                Reason.HOST_NOT_SERVED);
    }

    @Test
    void a_name_is_of_every_character_that_names_have() {
        assertThat(Host.read("AZaz09-_.example:0123456789")).isEqualTo("azaz09-_.example");
        assertThat(Host.read("a".repeat(255))).hasSize(255);
        for (String no : List.of("a@", "a[", "a`", "a{", "a/", "a:8/", "a:8;", "a,b", "a".repeat(256))) {
            assertThat(Host.read(no)).as(no).isNull();
        }
    }

    @Test
    void a_host_that_is_not_named_once_is_the_wrong_one() {
        PermissionRules rules = seed().build();
        refused(decide(rules, TRADER, "/full/v1/create_order"), Reason.HOST_NOT_SERVED);
        refused(
                decide(rules, TRADER, "/full/v1/create_order", "trades.localhost", "trades.localhost"),
                Reason.HOST_NOT_SERVED);
        refused(rules.decide(TRADER, "POST", "/full/v1/create_order"), Reason.HOST_NOT_SERVED);
    }

    /** Who does not have to sign in is told of the host at once, who must is told that first. */
    @Test
    void a_missing_credential_is_told_before_the_host_and_the_host_before_permissions() {
        PermissionRules rules = seed().build();
        refused(decide(rules, null, "/full/v1/create_order", "edge.localhost"), Reason.NO_CREDENTIALS);
        refused(decide(rules, READER, "/full/v1/create_order", "edge.localhost"), Reason.HOST_NOT_SERVED);
        refused(
                decide(rules, READER, "/full/v1/create_order", "trades.localhost"),
                Reason.CREDENTIAL_KIND_NOT_ACCEPTED);
    }

    @Test
    void a_rule_without_hosts_is_for_all_of_them() {
        PermissionRules rules = seed().build();
        permitted(decide(rules, null, "/health", "edge.localhost"));
        permitted(decide(rules, null, "/health"));
        permitted(rules.decide(null, "GET", "/health"));
    }

    @Test
    void addresses_are_hosts_too() {
        PermissionRules rules = seed().build();
        permitted(decide(rules, null, "/full/v1/instrument", "[::1]:8080"));
        permitted(decide(rules, null, "/full/v1/instrument", "[0:0:0:0:0:0:0:1]"));
        refused(decide(rules, null, "/full/v1/instrument", "::1"), Reason.HOST_NOT_SERVED);
        refused(decide(rules, null, "/full/v1/instrument", "[::1%25lo]"), Reason.HOST_NOT_SERVED);
    }

    /** "in the example, where every other name serves all" */
    @Test
    void other_hosts_can_serve_all() {
        PermissionRules rules = seed().otherHostsServeAll().build();
        for (String host : List.of("localhost:8080", "127.0.0.1", "example.com")) {
            permitted(decide(rules, TRADER, "/full/v1/create_order", host));
            permitted(decide(rules, null, "/full/v1/instrument", host));
            permitted(decide(rules, TRADER, "/auth/logout", host));
        }
        for (String host : List.of("edge.localhost", "EDGE.localhost.", "edge.localhost:1", "a b", "", "x,y")) {
            refused(decide(rules, TRADER, "/full/v1/create_order", host), Reason.HOST_NOT_SERVED);
        }
        refused(rules.decide(TRADER, "POST", "/full/v1/create_order"), Reason.HOST_NOT_SERVED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://trades.localhost | names the host
            trades.localhost:8080   | names the host
            ''                      | names the host
            *.localhost             | names the host
            ::1                     | names the host
            a b                     | names the host
            """)
    void a_host_that_is_none_stops_the_start(String host, String message) {
        PermissionRules.Builder builder =
                PermissionRules.builder().ruleOn(List.of(host), "GET", "/a", Requirement.anyone());
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("In the rule 'GET /a'")
                .hasMessageContaining(message);
    }

    @Test
    void hosts_that_do_not_matter_stop_the_start() {
        PermissionRules.Builder nobody =
                PermissionRules.builder().ruleOn(List.of("a"), "GET", "/a", Requirement.nobody());
        assertThatThrownBy(nobody::build).hasMessageContaining("nobody()");
        PermissionRules.Builder none = PermissionRules.builder()
                .rule("GET", "/a", Requirement.anyone())
                .otherHostsServeAll();
        assertThatThrownBy(none::build).hasMessageContaining("otherHostsServeAll()");
    }

    // Contract section 9: the application's own resource rules

    private static final String PAIR = "Trading of PEPE/USDT is not available to API keys.";
    private static final String FEATURE = "This feature is not enabled for your sub-account.";

    @Test
    void a_resource_rule_is_asked_last_and_answers_in_its_own_words() {
        List<String> asked = new ArrayList<>();
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/{pair}", Requirement.allOf("account:read"))
                .rule("POST", "/{pair}", Requirement.anyone())
                .refuseWhen(PAIR, (caller, request) -> {
                    asked.add(caller.subject() + " " + request.path());
                    return caller.kind() == CredentialKind.API_KEY && "/PEPE".equals(request.path());
                })
                .refuseWhen(FEATURE, (caller, request) -> "/RPI".equals(request.path()))
                .build();
        assertThat(rules.decide(READER, "GET", "/PEPE")).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.RESOURCE_CLOSED);
            assertThat(refused.detail()).isEqualTo(PAIR);
            assertThat(refused.required()).isEmpty();
        });
        permitted(rules.decide(READER, new Asked("GET", "/BTC", List.of())));
        permitted(rules.decide(TRADER, "GET", "/PEPE"));
        assertThat(rules.decide(TRADER, "GET", "/RPI"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.detail()).isEqualTo(FEATURE));
        assertThat(asked).containsExactly("b /PEPE", "b /BTC", "a /PEPE", "a /RPI");
        refused(rules.decide(null, "GET", "/PEPE"), Reason.NO_CREDENTIALS);
        refused(
                rules.decide(Caller.of(CredentialKind.JWT, "c", List.of(), Map.of()), "GET", "/PEPE"),
                Reason.MISSING_PERMISSION);
        permitted(rules.decide(null, "POST", "/PEPE"));
        assertThat(asked).hasSize(4);
        assertThat(rules.decide(READER, "POST", "/PEPE")).isEqualTo(rules.refusal(PAIR));
    }

    /** However its client spells it. */
    @Test
    void a_path_is_told_decoded() {
        for (String path : List.of("/pairs/PEPE", "/pairs/PEPE/", "/pairs/%50EPE", "/p%61irs/%50%45%50%45/")) {
            assertThat(new BareRequest("GET", path).segments()).as(path).containsExactly("pairs", "PEPE");
        }
        assertThat(new BareRequest("GET", "/%C3%BC/%F0%9F%98%80%20.x/a").segments())
                .containsExactly("\u00fc", "\ud83d\ude00 .x", "a");
        for (String path :
                List.of("/", "/pairs//PEPE", "/pairs/%2e%2e", "/pairs/PEPE;x", "/pairs%2fPEPE", "/%", "pairs")) {
            assertThat(new BareRequest("GET", path).segments()).as(path).isEmpty();
        }
    }

    @Test
    void a_handler_can_refuse_in_words_that_were_named_at_the_start() {
        PermissionRules rules = PermissionRules.builder().message(FEATURE).build();
        assertThat(rules.refusal(FEATURE).detail()).isEqualTo(FEATURE);
        assertThatThrownBy(() -> rules.refusal(PAIR)).isInstanceOf(IllegalArgumentException.class);
        refused(rules.decide(TRADER, "GET", "/a"), Reason.ROUTE_NOT_OPEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                "no capital.",
                "No full stop",
                "Two lines.\nHere.",
                "Quotes \"here\".",
                "Back\\slash.",
                "Umlaut \u00fc.",
                "IP is not whitelisted.",
                "Invalid token."
            })
    void a_message_that_could_not_be_written_or_told_apart_stops_the_start(String message) {
        assertThatThrownBy(() -> PermissionRules.builder().message(message).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_message_is_short_and_named_once() {
        String longest = "A" + "a".repeat(198) + ".";
        PermissionRules.builder().message(longest).build();
        assertThatThrownBy(
                        () -> PermissionRules.builder().message("A" + longest).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PermissionRules.builder().message(PAIR).refuseWhen(PAIR, (caller, request) -> true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_without_a_path_is_open_to_nobody() {
        PermissionRules rules =
                PermissionRules.builder().rule("*", "/**", Requirement.anyone()).build();
        refused(rules.decide(null, new Asked("GET", null, List.of())), Reason.NO_CREDENTIALS);
        refused(rules.decide(TRADER, new Asked("GET", null, List.of())), Reason.ROUTE_NOT_OPEN);
    }
}
