package dev.portcullis.auth.testkit;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An issuer of tokens for tests: it signs real ones with real RSA keys, and publishes the keys over HTTP on the loopback
 * interface, as Clerk, Auth0 or Keycloak do. Its keys can be rotated and withdrawn, and it can fail in the ways in which
 * issuers fail.
 *
 * <pre>{@code
 * try (TokenIssuer issuer = TokenIssuer.start()) {
 *     String token = issuer.token().audience("api").permissions("catalog:read").sign();
 *     ...
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads at once.
 */
public final class TokenIssuer implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String PATH = "/.well-known/jwks.json";

    private final InstantSource clock;
    private final Map<String, IssuerKey> keys = new LinkedHashMap<>();
    private final Map<String, IssuerKey> published = new LinkedHashMap<>();
    private final KeySetHandler handler = new KeySetHandler(this::keySet);
    private final ExecutorService threads;
    private final HttpServer server;
    private IssuerKey newest;

    private TokenIssuer(InstantSource clock) {
        this.clock = clock;
        this.newest = addKey();
        this.threads = Executors.newCachedThreadPool(TokenIssuer::daemon);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("No port on the loopback interface can be had", e);
        }
        server.setExecutor(threads);
        server.createContext(PATH, handler);
        server.start();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "token-issuer");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts an issuer with one key.
     *
     * @return the issuer, to be closed after use
     */
    public static TokenIssuer start() {
        return new TokenIssuer(InstantSource.system());
    }

    /**
     * Starts an issuer with one key, whose tokens are dated by a clock.
     *
     * @param clock tells the time at which tokens are issued, such as a {@link SettableClock}
     * @return the issuer, to be closed after use
     */
    public static TokenIssuer start(InstantSource clock) {
        return new TokenIssuer(clock);
    }

    /**
     * Where the keys are published.
     *
     * @return an {@code http} URL on the loopback interface
     */
    public URI jwks() {
        return URI.create(issuer() + PATH);
    }

    /**
     * The issuer's name: what its tokens hold as {@code iss}.
     *
     * @return the URL of its server, without a slash at the end
     */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Begins a token, signed by the newest key unless told otherwise.
     *
     * @return the token in the making
     */
    public synchronized TokenBuilder token() {
        return new TokenBuilder(this, clock.instant(), newest);
    }

    /**
     * The {@code kid} of the newest key, which signs.
     *
     * @return {@code key-1} for the first key, {@code key-2} for the next
     */
    public synchronized String keyId() {
        return newest.keyId();
    }

    /**
     * Makes a new key, publishes it beside those that are published already, and signs with it from now on.
     *
     * @return its {@code kid}
     */
    public synchronized String rotate() {
        newest = addKey();
        return newest.keyId();
    }

    private IssuerKey addKey() {
        IssuerKey key = IssuerKey.named("key-" + (keys.size() + 1));
        keys.put(key.keyId(), key);
        published.put(key.keyId(), key);
        return key;
    }

    /**
     * Publishes a key no longer. It still signs: as the newest, or by {@link TokenBuilder#signedBy(String)}.
     *
     * @param keyId its {@code kid}
     * @throws IllegalArgumentException if no such key is published
     */
    public synchronized void withdraw(String keyId) {
        if (published.remove(keyId) == null) {
            throw new IllegalArgumentException("No key " + keyId + " is published, only " + published.keySet());
        }
    }

    synchronized IssuerKey key(String keyId) {
        IssuerKey key = keys.get(keyId);
        if (key == null) {
            throw new IllegalArgumentException("This issuer never had a key " + keyId + ", only " + keys.keySet());
        }
        return key;
    }

    /**
     * The JWK Set of the keys that are published now, whatever is answered at the moment.
     *
     * @return a JSON object (RFC 7517 section 5)
     */
    public synchronized String keySet() {
        List<JWK> jwks = new ArrayList<>();
        published.values().forEach(key -> jwks.add(key.published()));
        return JSONObjectUtils.toJSONString(new JWKSet(jwks).toJSONObject());
    }

    /**
     * Publishes a document of the test's own in place of the key set, until {@link #recover()}.
     *
     * @param document what is answered with status 200, JSON or not
     */
    public void publish(String document) {
        answer(200, Map.of("Content-Type", "application/json"), document);
    }

    /**
     * Answers every request for the keys in one way, until {@link #recover()}.
     *
     * @param status the HTTP status
     * @param headers header fields by name
     * @param body the body, sent in UTF-8
     */
    public void answer(int status, Map<String, String> headers, String body) {
        handler.fail(KeySetHandler.answer(status, headers, body));
    }

    /** Takes requests for the keys and does not answer them, until {@link #recover()}. */
    public void hang() {
        handler.fail(KeySetHandler.hang());
    }

    /**
     * Answers requests for the keys one byte at a time, until {@link #recover()}.
     *
     * @param pause the time between two bytes
     */
    public void drip(Duration pause) {
        handler.fail(KeySetHandler.drip(pause, this::keySet));
    }

    /** Answers with the published keys again. Requests that hang or drip meanwhile are dropped without an answer. */
    public void recover() {
        handler.recover();
    }

    /**
     * How often the keys were asked for, however that was answered.
     *
     * @return the number of requests so far
     */
    public int fetches() {
        return handler.requests();
    }

    /** Stops the server. */
    @Override
    public synchronized void close() {
        handler.recover();
        server.stop(0);
        threads.shutdownNow();
        keys.values().forEach(IssuerKey::giveBack);
        keys.clear();
    }
}
