package dev.portcullis.auth.jwt;

/**
 * A token whose signature has been verified: the only way to claims that may be acted on, after {@link ClaimRules}.
 *
 * @param claims its claims
 * @param key the key that verified it
 */
record VerifiedToken(Claims claims, SigningKey key) {}
