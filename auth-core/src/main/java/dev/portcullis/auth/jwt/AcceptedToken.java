package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Outcome;

/**
 * A token that was let in.
 *
 * @param verified its claims and the key that verified it
 * @param issuer who issued it
 * @param outcome what was answered
 * @param length how many characters it has
 */
record AcceptedToken(VerifiedToken verified, TrustedIssuer issuer, Outcome outcome, int length) {}
