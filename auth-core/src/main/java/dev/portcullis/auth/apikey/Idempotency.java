package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import java.time.Instant;

/**
 * What tells a repeated request from a new one: kept with the key that the first one added, and after the key is
 * deleted, until its time is over. Each owner's are apart from all others'.
 *
 * @param key the SHA-256 of the {@code Idempotency-Key}
 * @param request the SHA-256 of what was asked for
 * @param until the first moment at which it no longer counts; stores keep whole milliseconds, rounded down
 */
public record Idempotency(SHA256 key, SHA256 request, Instant until) {}
