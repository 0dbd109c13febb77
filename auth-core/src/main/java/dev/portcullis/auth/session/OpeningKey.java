package dev.portcullis.auth.session;

import dev.portcullis.auth.SHA256;
import java.util.UUID;

/**
 * The API key that opened a session, by which it is found again at each use.
 *
 * @param id its identifier
 * @param hash its hash when it was last looked at
 */
public record OpeningKey(UUID id, SHA256 hash) {}
