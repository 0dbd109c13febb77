package dev.portcullis.auth.cli;

import dev.portcullis.auth.Reason;

/** What each check of a token asks, in words for people. */
final class CheckWords {

    private CheckWords() {}

    static String of(Reason reason) {
        return switch (reason) {
            case EMPTY_BEARER -> "there is a token";
            case BEARER_WITH_SPACES -> "it is one word";
            case MALFORMED_TOKEN -> "its form is header.payload.signature, its header JSON";
            case INVALID_SIGNING_ALGORITHM -> "its alg is RS256";
            case UNSUPPORTED_TOKEN_HEADER -> "its header changes nothing: no crit, b64, zip or other typ";
            case SIGNING_KEYS_UNAVAILABLE -> "the issuer's keys are at hand";
            case UNKNOWN_SIGNING_KEY -> "its kid names a usable key";
            case INVALID_SIGNATURE -> "its signature is by that key";
            case MALFORMED_CLAIMS -> "its claims are JSON of the right types, with exp";
            case TOKEN_BOUND_TO_KEY -> "it is bound to no key: no cnf";
            case TOKEN_EXPIRED -> "its exp is after now";
            case TOKEN_NOT_YET_VALID -> "its nbf and iat are not over 5 seconds ahead";
            case INVALID_AUDIENCE -> "its aud holds one of the API's audiences";
            case INVALID_ISSUER -> "its iss is the trusted issuer";
            case INVALID_AUTHORIZED_PARTY -> "its azp is an allowed party";
            default -> "";
        };
    }
}
