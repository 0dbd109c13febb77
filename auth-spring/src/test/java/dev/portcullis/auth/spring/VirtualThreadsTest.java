package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code spring.threads.virtual.enabled=true}: the caller is known there, and no carrier thread is held. */
class VirtualThreadsTest {

    private static final int REQUESTS = 400;

    @BeforeAll
    static void aNewJDK() {
        int version = Runtime.version().feature();
        if (version < 21) {
            System.out.println("Skipped: JDK " + version + " has no virtual threads; run the tests on JDK 21 or newer");
        }
        assumeTrue(version >= 21, () -> "JDK " + version + " has no virtual threads");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Who.class)
    static class Application {

        @Bean
        APIKeyStore store() {
            return new InMemoryAPIKeyStore();
        }
    }

    /** Says who is calling, and on which kind of thread. */
    @RestController
    static class Who {

        @GetMapping("/who")
        String who(Caller caller) {
            return caller.getName() + " " + thread();
        }

        @GetMapping("/later")
        Callable<String> later() {
            return () ->
                    Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication())
                                    .getName()
                            + " " + thread();
        }

        @GetMapping("/pinned")
        int pinned() {
            return Slow.VALUE;
        }

        private static String thread() {
            return Thread.currentThread().toString().startsWith("VirtualThread") ? "virtual" : "platform";
        }
    }

    /** Whose initializer waits, which holds a virtual thread to its carrier on every JDK. */
    static final class Slow {

        static final int VALUE = slowly();

        private static int slowly() {
            LockSupport.parkNanos(50_000_000);
            return 1;
        }
    }

    /** What the other test relies on. */
    @Test
    void a_thread_that_is_pinned_is_noticed() throws Exception {
        try (Running app = new Running(
                Application.class, "spring.threads.virtual.enabled=true", "portcullis.unnamed-routes=signed-in")) {
            assertThat(pinnedBy(() -> app.get("/pinned", List.of()))).isNotEmpty();
        }
    }

    @Test
    void the_caller_is_known_on_virtual_threads_and_none_is_pinned() throws Exception {
        for (String mode : List.of("security", "filters")) {
            try (Running app = new Running(
                    Application.class,
                    "spring.threads.virtual.enabled=true",
                    "portcullis.unnamed-routes=signed-in",
                    "portcullis.mode=" + mode)) {
                assertThat(app.get("/who", List.of()).body()).isEqualTo("user_1 virtual");
                if (mode.equals("security")) {
                    assertThat(app.get("/later", List.of()).body()).isEqualTo("user_1 virtual");
                }
                assertThat(pinnedBy(() -> flood(app))).as(mode).isEmpty();
            }
        }
    }

    /** Tokens seen for the first time, tokens seen before, API keys, and refusals, many at once. */
    private static void flood(Running app) throws Exception {
        String known = app.token("catalog:read");
        String key = app.context()
                .getBean(APIKeys.class)
                .issue("user_2", "a key", Environment.LIVE, List.of(), null)
                .plaintext();
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                String credential = List.of(known, key, app.token("x"), "bad").get(i % 4);
                answers.add(clients.submit(() -> app.send(
                                HttpRequest.newBuilder(app.uri("/who")).header("Authorization", "Bearer " + credential))
                        .statusCode()));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 401);
            }
        } finally {
            clients.shutdown();
        }
    }

    /** Something that can fail in any way. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** Where virtual threads held on to their carriers in our code meanwhile. */
    private static List<String> pinnedBy(Work work) throws Exception {
        Path file = Files.createTempFile("pinned", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
            return ours(file);
        } finally {
            Files.delete(file);
        }
    }

    private static List<String> ours(Path file) throws IOException {
        List<String> ours = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            String stack = String.valueOf(event.getStackTrace());
            if (event.getEventType().getName().equals("jdk.VirtualThreadPinned")
                    && stack.contains("dev.portcullis.auth")) {
                ours.add(stack);
            }
        }
        return ours;
    }
}
