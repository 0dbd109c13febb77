package dev.portcullis.auth.blackbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** The keys of an issuer, behind a server that has trouble; also of the kind that is too large to be made as text. */
final class FaultyIssuer implements AutoCloseable {

    static final long HUGE = 200_000_000;

    private static final int PIECE = 64 * 1024;
    private static final byte[] SPACES = " ".repeat(PIECE).getBytes(StandardCharsets.US_ASCII);

    /** What goes wrong. */
    enum Fault {
        HANGS {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) throws InterruptedException {
                issuer.closing.await();
            }
        },
        DRIPS {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) throws IOException, InterruptedException {
                exchange.sendResponseHeaders(200, 0);
                for (byte next : issuer.keys.keySet().getBytes(StandardCharsets.UTF_8)) {
                    exchange.getResponseBody().write(next);
                    exchange.getResponseBody().flush();
                    Thread.sleep(20);
                }
            }
        },
        SENDS_200_MB {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) throws IOException {
                exchange.sendResponseHeaders(200, 0);
                issuer.pour(exchange.getResponseBody());
            }
        },
        ANNOUNCES_200_MB {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) throws IOException {
                exchange.sendResponseHeaders(200, HUGE);
                issuer.pour(exchange.getResponseBody());
            }
        },
        SENDS_A_GZIP_BOMB {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) throws IOException {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                send(exchange, 200, issuer.bomb);
            }
        },
        SENDS_HTML {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) throws IOException {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                send(exchange, 200, text("<!DOCTYPE html><title>Sign in</title>"));
            }
        },
        REDIRECTS {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) throws IOException {
                exchange.getResponseHeaders().set("Location", issuer.keys.jwks().toString());
                send(exchange, 302, new byte[0]);
            }
        },
        SENDS_AN_EMPTY_SET {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) throws IOException {
                send(exchange, 200, text("{\"keys\":[]}"));
            }
        },
        HANGS_UP {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) {
                // closed without a word
            }
        },
        FAILS {
            @Override
            void answer(FaultyIssuer issuer, HttpExchange exchange) throws IOException {
                send(exchange, 500, text("java.lang.NullPointerException"));
            }
        };

        abstract void answer(FaultyIssuer issuer, HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final TokenIssuer keys;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicLong poured = new AtomicLong();
    private final Fault fault;
    private final byte[] bomb;
    private volatile boolean flapping;
    private volatile boolean faulty;

    FaultyIssuer(TokenIssuer keys, Fault fault) {
        this.keys = keys;
        this.fault = fault;
        this.bomb = fault == Fault.SENDS_A_GZIP_BOMB ? bomb(keys.keySet()) : new byte[0];
        try {
            server = HttpServer.create(Wire.loopback(0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The key set and 200 MB of white space behind it, in fewer bytes than a key set may have. */
    private static byte[] bomb(String keySet) {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
            gzip.write(text(keySet));
            for (long done = 0; done < HUGE; done += PIECE) {
                gzip.write(SPACES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return small.toByteArray();
    }

    private void pour(OutputStream out) throws IOException {
        for (long done = 0; done < HUGE; done += PIECE) {
            out.write(SPACES, 0, (int) Math.min(PIECE, HUGE - done));
            poured.addAndGet(PIECE);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean bad = flapping ? fetches.get() % 2 == 1 : faulty;
        fetches.incrementAndGet();
        try (exchange) {
            if (bad) {
                fault.answer(this, exchange);
            } else {
                send(exchange, 200, text(keys.keySet()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI jwks() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json");
    }

    void faulty(boolean now) {
        faulty = now;
    }

    /** Every second answer is bad from now on. */
    void flaps() {
        flapping = true;
    }

    int fetches() {
        return fetches.get();
    }

    /** How many bytes of a body without measure were sent. */
    long poured() {
        return poured.get();
    }

    int bombSize() {
        return bomb.length;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
