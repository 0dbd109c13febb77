package dev.portcullis.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.account.AccountState;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.RateLimit;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.testkit.CuttableWire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes with copies of their own, which share a Redis; the wire between one of them and Redis can be cut. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodesTest {

    private static final String ANYTHING = "anything";

    private final TestRedis redis = TestRedis.started();
    private final CuttableWire wire = new CuttableWire(redis.port());
    private final Node here = new Node(redis.port());
    private final Node there = new Node(wire.port());

    /** What a node is made of. Without notices its copies would be good for a second; with them, for a minute. */
    private static final class Node {

        private final RedisServer server;
        private final CachedSessionStore sessions;
        private final CachedAccountStore accounts;
        private final ChangeNotices.Subscription listening;
        private final List<String> heard = new CopyOnWriteArrayList<>();

        Node(int port) {
            server = RedisServer.at(TestRedis.url(port)).build();
            sessions = CachedSessionStore.over(server.sessions())
                    .notices(server.changeNotices())
                    .build();
            accounts = CachedAccountStore.over(server.accounts())
                    .notices(server.changeNotices())
                    .build();
            listening = server.changeNotices().subscribe(SessionStore.CHANGES, new ChangeNotices.Listener() {
                @Override
                public void changed(String id) {
                    heard.add(id);
                }

                @Override
                public void anythingMayHaveChanged() {
                    heard.add(ANYTHING);
                }
            });
            awaitUpToDate();
        }

        ChangeNotices.Listener deaf() {
            return new ChangeNotices.Listener() {
                @Override
                public void changed(String id) {
                    // Only that something can be heard is of interest.
                }

                @Override
                public void anythingMayHaveChanged() {
                    // Only that something can be heard is of interest.
                }
            };
        }

        void awaitUpToDate() {
            await().until(() -> listening.nanosBehind() < Duration.ofMillis(500).toNanos());
            await().ignoreExceptions().untilAsserted(() -> sessions.list("nobody", Instant.now()));
            heard.clear();
        }

        /** Waits until everything that was answered by now must have been told. */
        void awaitAllTold() {
            long answered = System.nanoTime();
            await().until(() -> {
                long behind = listening.nanosBehind();
                return behind != Long.MAX_VALUE && System.nanoTime() - behind - answered > 0;
            });
        }

        void close() {
            sessions.close();
            accounts.close();
            server.close();
        }
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        wire.close();
        redis.close();
    }

    private Session known() {
        Session session = Some.session();
        here.sessions.add(session, 1000);
        assertThat(there.sessions.find(session.hash())).isEqualTo(session);
        return session;
    }

    /** By the time at which all that was answered must have been told, no copy is left. */
    @Test
    void a_session_that_one_node_ends_is_dead_on_the_other_when_that_is_told() {
        for (int round = 0; round < 20; round++) {
            Session session = known();
            here.sessions.end("alice", session.id());
            there.awaitAllTold();
            assertThat(there.sessions.find(session.hash())).isNull();
        }
    }

    @Test
    void sessions_that_end_together_are_told_one_by_one() {
        UUID key = UUID.randomUUID();
        List<Session> ofKey = List.of(Some.sessionOf(key), Some.sessionOf(key));
        ofKey.forEach(session -> here.sessions.add(session, 1000));
        ofKey.forEach(session -> assertThat(there.sessions.find(session.hash())).isEqualTo(session));
        SHA256 anew = Some.hash();
        here.sessions.rehashKey(key, anew);
        there.awaitAllTold();
        ofKey.forEach(session -> assertThat(there.sessions.find(session.hash())).isEqualTo(session.withKeyHash(anew)));
        here.sessions.endAllOfKey(key);
        there.awaitAllTold();
        ofKey.forEach(session -> assertThat(there.sessions.find(session.hash())).isNull());
        assertThat(there.heard)
                .hasSize(4)
                .containsOnly(ofKey.get(0).id().toString(), ofKey.get(1).id().toString());

        Session first = known();
        Session second = Some.session();
        here.sessions.add(second, 1);
        there.awaitAllTold();
        assertThat(there.sessions.find(first.hash())).isNull();
        here.sessions.endAllOfAccount("alice");
        there.awaitAllTold();
        assertThat(there.sessions.find(second.hash())).isNull();
    }

    /** What was missed in a gap is dropped before the notices are up to date again. */
    @Test
    void a_session_that_is_ended_in_a_gap_is_dead_after_it() {
        Session session = known();
        wire.cut();
        here.sessions.end("alice", session.id());
        await().until(() -> there.listening.nanosBehind() == Long.MAX_VALUE);
        wire.mend();
        there.listening.nanosBehind();
        await().until(() ->
                there.listening.nanosBehind() < Duration.ofMillis(500).toNanos());
        assertThat(there.heard).containsOnlyOnce(ANYTHING);
        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(there.sessions.find(session.hash())).isNull());
    }

    /** No session goes on by its copy when Redis has been away for longer than the bound. */
    @Test
    void copies_of_sessions_do_not_outlive_redis() {
        Session session = known();
        redis.kill();
        await().untilAsserted(() -> assertThatThrownBy(() -> there.sessions.find(session.hash()))
                .isInstanceOf(AuthUnavailableException.class));
    }

    @Test
    void an_account_that_one_node_suspends_is_suspended_on_the_other_when_that_is_told() {
        for (String account : List.of("alice", "\u05e9 b", "with\nnewline", "n".repeat(1000))) {
            assertThat(there.accounts.find(account)).isEqualTo(AccountState.IN_ORDER);
            here.accounts.suspend(account, true);
            there.awaitAllTold();
            assertThat(there.accounts.find(account)).isEqualTo(new AccountState(true, null));
        }
    }

    @Test
    void what_other_stores_change_can_be_told() {
        here.server.changeNotices().tell(SessionStore.CHANGES, "some-id");
        here.server.changeNotices().tell("other-topic", "x");
        here.server.changeNotices().tellAny(SessionStore.CHANGES);
        there.awaitAllTold();
        assertThat(there.heard).containsExactly("some-id", ANYTHING);
        assertThatThrownBy(() -> here.server.changeNotices().tell("No Topic", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A store that cannot tell itself; a change that could not be told is told when Redis is back. */
    @Test
    void changes_of_keys_in_another_store_are_told() {
        APIKeyStore keys = here.server.changeNotices().telling(new InMemoryAPIKeyStore());
        APIKey key = APIKey.builder()
                .id(UUID.randomUUID())
                .hash(Some.hash())
                .owner("alice")
                .name("CI")
                .keyPrefix("grd_live_01234567")
                .createdAt(Instant.now())
                .build();
        AuditNote note = new AuditNote(AuditAction.CHANGE, Actor.APPLICATION, Instant.now());
        try (CachedAPIKeyStore copies = CachedAPIKeyStore.over(keys)
                .notices(there.server.changeNotices())
                .build()) {
            keys.add(key, AddTerms.any(), note);
            assertThat(copies.find(key.hash())).isEqualTo(key);
            keys.change(key.id(), KeyChange.nothing().name("Other"), note);
            await().untilAsserted(() -> assertThat(
                            Objects.requireNonNull(copies.find(key.hash())).name())
                    .isEqualTo("Other"));
            redis.kill();
            assertThat(keys.revoke(key.id(), note)).isNotNull();
            redis.start();
            await().untilAsserted(() -> assertThat(
                            Objects.requireNonNull(copies.find(key.hash())).revokedAt())
                    .isNotNull());
        }
    }

    /** Only this node is cut off: the others have heard nothing, and do not know. */
    @Test
    void a_change_that_could_not_be_told_is_told_later() {
        wire.cut();
        await().until(() -> there.server.toString().equals("RedisServer[not connected]"));
        here.heard.clear();
        there.server.changeNotices().tellSurely(SessionStore.CHANGES, "some-id");
        wire.mend();
        await().untilAsserted(() -> assertThat(here.heard).containsExactly(ANYTHING));
    }

    /** Applications that share a Redis do not share what is in it. */
    @Test
    void another_prefix_is_another_application() {
        Session session = known();
        try (RedisServer other = RedisServer.at(redis.url()).prefix("other:").build()) {
            assertThat(other.sessions().find(session.hash())).isNull();
            other.changeNotices().tellAny(SessionStore.CHANGES);
            there.awaitAllTold();
            assertThat(there.heard).isEmpty();
        }
    }

    /** Only hashes are kept, and everything of a session is forgotten a day after its time is over. */
    @Test
    void everything_of_a_session_is_forgotten_in_time() {
        Session session = Some.sessionOf(UUID.randomUUID());
        here.sessions.add(session, 10);
        String all = redis.command("DBSIZE");
        assertThat(all).isEqualTo(":4");
        Names names = new Names("portcullis:");
        for (String name : List.of(
                names.session(Names.hex(session.hash())),
                names.sessionID(session.id()),
                names.sessionsOfAccount("alice"),
                names.sessionsOfKey(Objects.requireNonNull(session.key()).id()))) {
            long left = Long.parseLong(redis.command("PTTL", name).substring(1));
            assertThat(left)
                    .as(name)
                    .isBetween(
                            Duration.ofHours(47).toMillis(),
                            Duration.ofHours(48).toMillis());
        }
    }

    /** What is left of sessions that Redis forgot does not pile up in the sets. */
    @Test
    void sets_do_not_grow_with_sessions_that_are_forgotten() {
        UUID key = UUID.randomUUID();
        Names names = new Names("portcullis:");
        for (int i = 0; i < 5; i++) {
            Session session = Some.sessionOf(key);
            here.sessions.add(session, 10);
            redis.command("DEL", names.session(Names.hex(session.hash())));
        }
        assertThat(redis.command("ZCARD", names.sessionsOfAccount("alice"))).isEqualTo(":1");
        assertThat(redis.command("ZCARD", names.sessionsOfKey(key))).isEqualTo(":1");
        assertThat(here.sessions.list("alice", Instant.now())).isEmpty();
    }

    @Test
    void of_two_nodes_one_claims() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Instant now = Instant.now();
            for (int round = 0; round < 100; round++) {
                SHA256 thing = Some.hash();
                SHA256 owner = Some.hash();
                List<Callable<Boolean>> rivals = new ArrayList<>();
                for (Node node : List.of(here, there, here, there)) {
                    rivals.add(() -> node.server.replayMemory().claim(owner, thing, now, now.plusSeconds(30)));
                }
                List<Boolean> claimed = new ArrayList<>();
                for (Future<Boolean> each : threads.invokeAll(rivals)) {
                    claimed.add(each.get());
                }
                assertThat(claimed).containsOnlyOnce(true);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nodes_count_attempts_together() {
        List<RateLimit> limits =
                List.of(here.server.rateLimit(5, Duration.ofHours(1)), there.server.rateLimit(5, Duration.ofHours(1)));
        for (int i = 0; i < 5; i++) {
            assertThat(limits.get(i % 2).take("address:192.0.2.1")).isZero();
        }
        for (RateLimit limit : limits) {
            assertThat(limit.take("address:192.0.2.1")).isBetween(Duration.ofMinutes(11), Duration.ofMinutes(12));
            assertThat(limit.take("address:192.0.2.2")).isZero();
        }
        assertThat(here.server.rateLimit(6, Duration.ofHours(1)).take("address:192.0.2.1"))
                .isZero();
        long left = Long.parseLong(redis.command("PTTL", "portcullis:limit:5/PT1H:address:192.0.2.2")
                .substring(1));
        assertThat(left).isBetween(1L, Duration.ofMinutes(25).toMillis());
    }

    /** As docs/operations.md says. */
    @Test
    void a_user_needs_no_more_rights_than_these() {
        redis.command(
                "ACL SETUSER portcullis on >pass ~portcullis:* resetchannels &portcullis:* +@connection +@read +@write"
                        .concat(" +@scripting +@pubsub +info +time")
                        .split(" "));
        try (RedisServer server = RedisServer.at("redis://portcullis:pass@127.0.0.1:" + redis.port())
                .build()) {
            Session session = Some.sessionOf(UUID.randomUUID());
            server.sessions().add(session, 10);
            assertThat(server.sessions().find(session.hash())).isEqualTo(session);
            assertThat(server.sessions().list("alice", Instant.now())).containsExactly(session);
            server.sessions().rehashKey(Objects.requireNonNull(session.key()).id(), Some.hash());
            assertThat(server.sessions().endAllOfAccount("alice")).isEqualTo(1);
            server.accounts().suspend("alice", true);
            assertThat(server.accounts().find("alice").suspended()).isTrue();
            assertThat(server.rateLimit(1, Duration.ofSeconds(1)).take("a")).isZero();
            server.changeNotices().tellAny("some-topic");
            ChangeNotices.Subscription heard = server.changeNotices().subscribe("some-topic", here.deaf());
            await().until(() -> heard.nanosBehind() != Long.MAX_VALUE);
        }
    }

    @Test
    void an_account_in_order_takes_no_room() {
        AccountStore accounts = here.server.accounts();
        accounts.suspend("a", true);
        assertThat(redis.command("EXISTS", "portcullis:account:a")).isEqualTo(":1");
        accounts.suspend("a", false);
        assertThat(redis.command("EXISTS", "portcullis:account:a")).isEqualTo(":0");
    }
}
