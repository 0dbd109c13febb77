package dev.portcullis.auth.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Answers requests for the key set, well or badly. */
final class KeySetHandler implements HttpHandler {

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<Mood> mood;
    private final Behaviour healthy;

    KeySetHandler(Supplier<String> keySet) {
        healthy = (exchange, over) -> answer(200, Map.of("Content-Type", "application/json"), keySet.get())
                .answer(exchange, over);
        mood = new AtomicReference<>(new Mood(healthy));
    }

    /** What is done with a request. */
    @FunctionalInterface
    interface Behaviour {

        /**
         * Answers, or does not.
         *
         * @param over opens when this behaviour is at its end
         */
        void answer(HttpExchange exchange, CountDownLatch over) throws IOException, InterruptedException;
    }

    /** A behaviour, and what tells its requests that another one has begun. */
    private static final class Mood {
        private final Behaviour behaviour;
        private final CountDownLatch over = new CountDownLatch(1);

        Mood(Behaviour behaviour) {
            this.behaviour = behaviour;
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        Mood now = mood.get();
        try (exchange) {
            now.behaviour.answer(exchange, now.over);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int requests() {
        return requests.get();
    }

    void fail(Behaviour behaviour) {
        mood.getAndSet(new Mood(behaviour)).over.countDown();
    }

    void recover() {
        fail(healthy);
    }

    static Behaviour answer(int status, Map<String, String> headers, String body) {
        return (exchange, over) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    static Behaviour hang() {
        return (exchange, over) -> over.await();
    }

    static Behaviour drip(Duration pause, Supplier<String> keySet) {
        return (exchange, over) -> {
            byte[] bytes = keySet.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            OutputStream out = exchange.getResponseBody();
            for (byte next : bytes) {
                out.write(next);
                out.flush();
                if (over.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        };
    }
}
