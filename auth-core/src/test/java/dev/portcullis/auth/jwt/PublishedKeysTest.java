package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real fetches over real connections, from an issuer that does whatever it likes. */
@Timeout(120)
class PublishedKeysTest {

    private static final String SET = KeyFixture.set(KeyFixture.jwk("a"));

    private final ScriptedIssuer issuer = new ScriptedIssuer();
    private final LogFixture log = new LogFixture();
    private final AtomicLong clock = new AtomicLong();

    /** Allows a healthy fetch on a busy machine all the time it needs. */
    private PublishedKeys.Builder patient() {
        return PublishedKeys.at(issuer.uri())
                .fetchTimeout(Duration.ofSeconds(30))
                .ticker(clock::get);
    }

    private PublishedKeys.Builder brief() {
        return PublishedKeys.at(issuer.uri())
                .fetchTimeout(Duration.ofMillis(300))
                .ticker(clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @AfterEach
    void end() throws IOException {
        issuer.close();
        log.close();
    }

    private static void assertUnavailable(PublishedKeys keys) {
        assertUnavailable(keys, "a");
    }

    private static void assertUnavailable(PublishedKeys keys, String kid) {
        assertThatThrownBy(() -> keys.find(kid))
                .isInstanceOfSatisfying(
                        AuthUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.SIGNING_KEYS_UNAVAILABLE));
    }

    // Healthy issuers

    @Test
    void published_keys_are_found_by_their_kid() {
        issuer.publishes(KeyFixture.jwk("a"), KeyFixture.jwk("b"));
        try (PublishedKeys keys = patient().build()) {
            assertThat(KeyFixture.verifies(keys.find("a"), "a")).isTrue();
            assertThat(KeyFixture.verifies(keys.find("b"), "b")).isTrue();
            assertThat(KeyFixture.verifies(keys.find("b"), "a")).isFalse();
            assertThat(keys.find(null)).isNull();
            assertThat(keys.find("c")).isNull();
            assertThat(keys.current().size()).isEqualTo(2);
        }
    }

    @Test
    void the_first_fetch_starts_with_build_and_needs_no_request() {
        issuer.publishes(KeyFixture.jwk("a"));
        try (PublishedKeys keys = patient().build()) {
            await().until(() -> issuer.fetches() == 1);
            assertThat(keys.find("a")).isNotNull();
            assertThat(issuer.fetches()).isEqualTo(1);
        }
    }

    @Test
    void the_request_asks_for_an_uncompressed_key_set_and_says_nothing_else() {
        issuer.publishes(KeyFixture.jwk("a"));
        try (PublishedKeys keys = patient().build()) {
            assertThat(keys.find("a")).isNotNull();
        }
        String request = issuer.requests().get(0).toLowerCase(Locale.ROOT);
        assertThat(request)
                .startsWith("get /.well-known/jwks.json http/1.1\r\n")
                .contains("\r\naccept: application/jwk-set+json, application/json\r\n")
                .doesNotContain("accept-encoding", "authorization", "cookie", "upgrade");
    }

    @Test
    void a_rotated_key_is_found_at_once_and_a_withdrawn_one_stops_at_the_next_refresh() {
        issuer.publishes(KeyFixture.jwk("a"));
        try (PublishedKeys keys = patient().build()) {
            SigningKey old = keys.find("a");
            assertThat(old != null && keys.isCurrent(old)).isTrue();
            List<KeySet> told = new ArrayList<>();
            keys.onChange(told::add);

            issuer.publishes(KeyFixture.jwk("a"), KeyFixture.jwk("b"));
            assertThat(KeyFixture.verifies(keys.find("b"), "b")).isTrue();
            assertThat(keys.find("a")).isSameAs(old);
            assertThat(old != null && keys.isCurrent(old)).isTrue();

            issuer.publishes(KeyFixture.jwk("b"));
            pass(Duration.ofMinutes(5));
            assertThat(old != null && keys.isCurrent(old)).isFalse();
            assertThat(keys.find("a")).isNull();
            assertThat(keys.find("b")).isNotNull();
            assertThat(told).hasSize(2);
        }
    }

    @Test
    void a_key_with_a_known_kid_and_new_material_is_another_key() {
        issuer.publishes(KeyFixture.jwk("a"));
        try (PublishedKeys keys = patient().build()) {
            SigningKey old = keys.find("a");
            issuer.publishes(KeyFixture.jwk("a", KeyFixture.pair("b")));
            pass(Duration.ofMinutes(5));
            assertThat(KeyFixture.verifies(keys.find("a"), "b")).isTrue();
            assertThat(KeyFixture.verifies(keys.find("a"), "a")).isFalse();
            assertThat(old != null && keys.isCurrent(old)).isFalse();
        }
    }

    @Test
    void cache_control_decides_when_the_next_fetch_is_due() {
        issuer.answers(ScriptedIssuer.json(SET, "Cache-Control: public", "cache-control: max-age=600"));
        try (PublishedKeys keys = patient().build()) {
            assertThat(keys.find("a")).isNotNull();
            pass(Duration.ofSeconds(479));
            assertThat(keys.find("a")).isNotNull();
            assertThat(issuer.fetches()).isEqualTo(1);
            pass(Duration.ofSeconds(1));
            assertThat(keys.find("a")).isNotNull();
            await().until(() -> issuer.fetches() == 2);
        }
    }

    @Test
    void an_answer_can_come_in_many_pieces_and_in_chunks() {
        issuer.answers((connection, out) -> {
            out.write(ScriptedIssuer.headOf(200, "Transfer-Encoding: chunked", "Content-Encoding: identity"));
            for (byte b : SET.getBytes(StandardCharsets.US_ASCII)) {
                out.write(new byte[] {'1', '\r', '\n', b, '\r', '\n'});
                out.flush();
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
        try (PublishedKeys keys = patient().build()) {
            assertThat(KeyFixture.verifies(keys.find("a"), "a")).isTrue();
        }
    }

    @Test
    void a_document_of_exactly_the_maximum_is_read() {
        issuer.answers(ScriptedIssuer.json(SET));
        try (PublishedKeys keys = patient().maximumBytes(SET.length()).build()) {
            assertThat(keys.find("a")).isNotNull();
        }
    }

    // Issuers that fail

    static Stream<Arguments> faults() throws IOException {
        Map<String, ScriptedIssuer.Script> faults = new LinkedHashMap<>();
        for (int status : new int[] {201, 203, 204, 206, 300, 304, 400, 401, 403, 404, 407, 429, 500, 502, 503}) {
            faults.put("status " + status, ScriptedIssuer.status(status, status == 204 || status == 304 ? "" : SET));
        }
        faults.put("compressed", compressed("gzip"));
        faults.put("said to be compressed", ScriptedIssuer.json(SET, "Content-Encoding: br"));
        faults.put("compressed twice", ScriptedIssuer.json(SET, "Content-Encoding: identity, gzip"));
        faults.put("HTML", ScriptedIssuer.json("<html><body>Sign in</body></html>", "Content-Type: text/html"));
        faults.put("no body", ScriptedIssuer.json(""));
        faults.put("an empty set", ScriptedIssuer.json("{\"keys\":[]}"));
        faults.put("no usable key", ScriptedIssuer.json("{\"keys\":[{\"kty\":\"EC\",\"kid\":\"a\"}]}"));
        faults.put("something behind the set", ScriptedIssuer.json(SET + "{}"));
        faults.put("a body cut short", ScriptedIssuer.bytes(cutShort()));
        faults.put(
                "a chunked body cut short",
                ScriptedIssuer.bytes(text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4000\r\n" + SET)));
        faults.put("more than the maximum, as announced", ScriptedIssuer.json(SET + " ".repeat(4000)));
        faults.put(
                "a huge length announced",
                ScriptedIssuer.bytes(text("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n" + SET)));
        faults.put(
                "a length that is no number",
                ScriptedIssuer.bytes(text("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + SET)));
        faults.put("a body without end", ScriptedIssuer.flood());
        faults.put("a body that drips", ScriptedIssuer.drip(20));
        faults.put("no answer", ScriptedIssuer.hang());
        faults.put("half a head", (connection, out) -> {
            out.write(text("HTTP/1.1 200 OK\r\nContent-"));
            ScriptedIssuer.hang().answer(connection, out);
        });
        faults.put("a head and no body", (connection, out) -> {
            out.write(text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"));
            ScriptedIssuer.hang().answer(connection, out);
        });
        faults.put("a connection closed within the first line", ScriptedIssuer.bytes(text("HTTP/1.1 2")));
        faults.put("no HTTP", ScriptedIssuer.bytes(text("SSH-2.0-OpenSSH_9.2\r\n")));
        faults.put("interim answers without end", (connection, out) -> {
            while (true) {
                out.write(text("HTTP/1.1 103 Early Hints\r\n\r\n"));
                Thread.sleep(5);
            }
        });
        return faults.entrySet().stream().map(fault -> Arguments.of(fault.getKey(), fault.getValue()));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] cutShort() {
        return text("HTTP/1.1 200 OK\r\nContent-Length: " + (SET.length() + 1) + "\r\n\r\n" + SET);
    }

    private static ScriptedIssuer.Script compressed(String encoding) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text(SET));
        }
        return (connection, out) -> {
            out.write(ScriptedIssuer.headOf(
                    200, "Content-Length: " + compressed.size(), "Content-Encoding: " + encoding));
            compressed.writeTo(out);
        };
    }

    private PublishedKeys.Builder strict() {
        return brief().maximumBytes(4000);
    }

    /** Contract: "Signing keys are unavailable." where there is "no usable JWKS: never fetched". */
    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void a_failed_first_fetch_leaves_the_keys_unavailable(String what, ScriptedIssuer.Script fault) {
        issuer.answers(fault);
        try (PublishedKeys keys = strict().build()) {
            assertUnavailable(keys);
            assertUnavailable(keys);
            await().untilAsserted(() -> {
                assertThat(issuer.fetches()).as(what).isEqualTo(1);
                assertThat(log.warnings())
                        .last(InstanceOfAssertFactories.STRING)
                        .startsWith("The key set ")
                        .endsWith("; failed fetches in a row: 1; keys to go on with: 0")
                        .doesNotContain("\n");
            });
        }
    }

    /** "When the issuer is down, known keys go on for a configured staleness." */
    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void a_failed_refresh_leaves_the_known_keys_in_use(String what, ScriptedIssuer.Script fault) {
        issuer.publishes(KeyFixture.jwk("a"));
        try (PublishedKeys keys = warm(strict().fetchTimeout(Duration.ofMillis(500)))) {
            int before = issuer.fetches();
            SigningKey known = keys.find("a");
            issuer.answers(fault);
            pass(Duration.ofHours(1));
            assertThat(keys.find("a")).as(what).isNotNull().isSameAs(known);
            assertUnavailable(keys, "b");
            assertThat(issuer.fetches()).isEqualTo(before + 1);
        }
    }

    /** Has fetched; the first time is tried again where a busy machine made it late. */
    private PublishedKeys warm(PublishedKeys.Builder settings) {
        PublishedKeys keys = settings.build();
        await().ignoreExceptions().until(() -> {
            pass(Duration.ofSeconds(5));
            keys.current();
            return true;
        });
        return keys;
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirects_are_not_followed_even_to_the_same_server(int status) throws IOException {
        try (ScriptedIssuer other = new ScriptedIssuer().publishes(KeyFixture.jwk("a"))) {
            issuer.answers(ScriptedIssuer.status(status, "", "Location: " + other.uri()));
            try (PublishedKeys keys = patient().build()) {
                assertUnavailable(keys);
            }
            assertThat(other.fetches()).isZero();
            assertThat(issuer.fetches()).isEqualTo(1);
            assertThat(log.warnings().get(0))
                    .startsWith("The key set was answered with status " + status + ", and redirects are not followed;");
        }
    }

    @Test
    void a_body_that_drips_or_floods_is_cut_off_and_its_connection_closed() {
        issuer.answers(ScriptedIssuer.drip(20));
        try (PublishedKeys keys = brief().build()) {
            assertUnavailable(keys);
            await().until(() -> issuer.hungUp() == 1);
            issuer.answers(ScriptedIssuer.flood());
            pass(Duration.ofSeconds(1));
            assertUnavailable(keys);
            await().until(() -> issuer.hungUp() == 2);
            issuer.answers(ScriptedIssuer.hang());
            pass(Duration.ofSeconds(2));
            assertUnavailable(keys);
            await().until(() -> issuer.hungUp() == 3);
        }
    }

    /** The JDK's client itself tries once more when a connection ends without a byte. */
    @Test
    void a_connection_that_is_closed_without_an_answer_costs_two_connections_at_most() {
        issuer.answers((connection, out) -> connection.close());
        try (PublishedKeys keys = patient().build()) {
            assertUnavailable(keys);
            assertThat(issuer.fetches()).isBetween(1, 2);
        }
    }

    @Test
    void an_unwanted_answer_is_not_read_to_its_end() {
        issuer.answers((connection, out) -> {
            out.write(text("HTTP/1.1 500 Trouble\r\nContent-Type: text/html\r\n\r\n"));
            while (true) {
                out.write(new byte[8192]);
            }
        });
        try (PublishedKeys keys = patient().build()) {
            assertUnavailable(keys);
            await().until(() -> issuer.hungUp() == 1);
        }
    }

    @Test
    void one_byte_more_than_the_maximum_is_refused_however_it_comes() {
        try (PublishedKeys keys = patient().maximumBytes(SET.length()).build()) {
            assertUnavailable(keys);
            issuer.answers(ScriptedIssuer.json(SET + " "));
            pass(Duration.ofSeconds(1));
            assertUnavailable(keys);
            issuer.answers(ScriptedIssuer.bytes(text("HTTP/1.1 200 OK\r\n\r\n" + SET + " ")));
            pass(Duration.ofSeconds(2));
            assertUnavailable(keys);
            pass(Duration.ofSeconds(4));
            assertUnavailable(keys);
            assertThat(log.warnings()).hasSize(3);
            assertThat(log.warnings().subList(1, 3))
                    .allMatch(line -> line.startsWith("The key set has more than " + SET.length() + " bytes;"));
        }
    }

    @Test
    void an_application_starts_while_its_issuer_is_down_and_recovers_by_itself() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            port = free.getLocalPort();
        }
        try (PublishedKeys keys = PublishedKeys.at(URI.create("http://127.0.0.1:" + port + "/jwks"))
                .ticker(clock::get)
                .build()) {
            assertUnavailable(keys);
        }
        try (PublishedKeys keys = patient().build()) {
            assertUnavailable(keys);
            issuer.publishes(KeyFixture.jwk("a"));
            assertUnavailable(keys);
            pass(Duration.ofSeconds(1));
            assertThat(keys.find("a")).isNotNull();
        }
    }

    /** "1,000 concurrent requests at a cold, hanging issuer: one fetch, all answered 503 within the time-out plus a second." */
    @Test
    void a_thousand_requests_at_a_cold_hanging_issuer_cost_one_fetch() throws Exception {
        issuer.answers(ScriptedIssuer.hang());
        AtomicInteger unavailable = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> requests = new ArrayList<>();
        try (PublishedKeys keys = PublishedKeys.at(issuer.uri())
                .fetchTimeout(Duration.ofSeconds(2))
                .ticker(clock::get)
                .build()) {
            for (int i = 0; i < 1000; i++) {
                String kid = "kid-" + i;
                requests.add(new Thread(() -> {
                    awaitQuietly(start);
                    try {
                        keys.find(kid);
                    } catch (AuthUnavailableException e) {
                        unavailable.incrementAndGet();
                    }
                }));
            }
            requests.forEach(Thread::start);
            long begun = System.nanoTime();
            start.countDown();
            for (Thread request : requests) {
                request.join();
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(unavailable).hasValue(1000);
            assertThat(issuer.fetches()).isEqualTo(1);
            assertThat(taken).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** "200 tokens with random kids cause at most one fetch." */
    @Test
    void two_hundred_random_kids_cost_one_fetch() throws Exception {
        issuer.publishes(KeyFixture.jwk("a"));
        try (PublishedKeys keys = warm(patient().maximumWaiters(300))) {
            List<Thread> requests = new ArrayList<>();
            List<@Nullable Object> answers = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 200; i++) {
                String kid = "random-" + i;
                requests.add(new Thread(() -> answers.add(keys.find(kid))));
            }
            requests.forEach(Thread::start);
            for (Thread request : requests) {
                request.join();
            }
            assertThat(answers).hasSize(200).containsOnlyNulls();
            assertThat(issuer.fetches()).isEqualTo(2);
        }
    }

    // Cost, threads, end

    /** The first call may wait; every later one reads a volatile field and the clock. */
    @Test
    void finding_and_checking_a_known_key_allocates_nothing() {
        issuer.publishes(KeyFixture.jwk("a"), KeyFixture.jwk("b"));
        try (PublishedKeys keys = patient().ticker(System::nanoTime).build()) {
            SigningKey key = keys.find("a");
            assertThat(key).isNotNull();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            int found = 0;
            long before = 0;
            for (int i = 0; i < 120_000; i++) {
                if (i == 20_000) {
                    before = threads.getCurrentThreadAllocatedBytes();
                }
                found += key != null && keys.isCurrent(key) && keys.find("a") == key ? 1 : 0;
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(found).isEqualTo(120_000);
            assertThat(allocated).as("bytes in 100,000 rounds").isLessThan(100_000);
        }
    }

    @Test
    void close_ends_a_fetch_under_way_and_all_threads() {
        issuer.answers(ScriptedIssuer.hang());
        PublishedKeys keys = patient().build();
        await().until(() -> issuer.fetches() == 1);
        assertThat(fetchingThreads()).isNotEmpty().allMatch(Thread::isDaemon);
        keys.close();
        await().until(() -> issuer.hungUp() == 1);
        assertUnavailable(keys);
        await().until(() -> fetchingThreads().isEmpty());
        keys.close();
    }

    private static List<Thread> fetchingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("portcullis-keys-"))
                .toList();
    }

    @Test
    void after_close_the_keys_at_hand_still_serve() {
        issuer.publishes(KeyFixture.jwk("a"));
        PublishedKeys keys = patient().build();
        assertThat(keys.find("a")).isNotNull();
        keys.close();
        assertThat(keys.find("a")).isNotNull();
        assertUnavailable(keys, "b");
        pass(Duration.ofHours(24));
        assertThat(keys.find("a")).isNotNull();
        pass(Duration.ofNanos(1));
        assertUnavailable(keys);
        assertThat(issuer.fetches()).isEqualTo(1);
    }
}
