package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.apikey.APIKey;

/**
 * A key that was found in public.
 *
 * @param key the key, which is revoked by now; it may have been before
 * @param url where it was found, as the finder says; empty if that is not told
 * @param source what kind of place that is, such as {@code commit}, as the finder says; empty if that is not told
 */
public record Leak(APIKey key, String url, String source) {}
