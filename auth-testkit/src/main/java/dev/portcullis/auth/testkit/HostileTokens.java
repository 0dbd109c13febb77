package dev.portcullis.auth.testkit;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tokens that must be refused, with the contract's words for each: a corpus to send to a deployment of your own, for it
 * is the configuration, the filters and the proxies around it that let a bad token in.
 *
 * <pre>{@code
 * for (HostileToken hostile : HostileTokens.of(issuer, attacker, "api", InstantSource.system())) {
 *     if (hostile.fitsHeader()) {
 *         Response response = get("/orders", "Authorization", "Bearer " + hostile.token());
 *         assertThat(response.status()).as(hostile.name()).isEqualTo(401);
 *         assertThat(response.body()).isEqualTo("{\"detail\":\"" + hostile.detail() + "\"}");
 *     }
 * }
 * assertThat(attacker.fetches()).isZero();
 * }</pre>
 *
 * <p>The deployment trusts the one issuer, names the one audience, and keeps the settings for size (16 KiB) and skew (5
 * seconds). A server that bounds header fields more tightly answers 400 or 431 by itself to the longest tokens.
 *
 * <p>The tokens depend on the keys and the time alone: the same issuers and the same instant make the same corpus.
 */
public final class HostileTokens {

    private HostileTokens() {}

    /**
     * The corpus: malformed forms and second spellings, broken JSON, other algorithms and key confusion, keys that the
     * token brings along, wrong signatures, and well-signed claims that are malformed, expired, premature or meant for
     * others. Judged within an hour, by any clock that is not behind the one given here.
     *
     * @param issuer whose tokens the deployment lets in; its newest key signs
     * @param attacker another issuer, whose keys and address the tokens try to bring in; nothing may be fetched from it
     * @param audience what the deployment accepts as {@code aud}, not empty
     * @param clock tells the time at which the tokens are made
     * @return some hundred tokens, each with a name and a text of its own
     * @throws IllegalArgumentException if the attacker is the issuer
     */
    public static List<HostileToken> of(
            TokenIssuer issuer, TokenIssuer attacker, String audience, InstantSource clock) {
        if (issuer == attacker) {
            throw new IllegalArgumentException("The attacker must be another issuer than the one that is trusted");
        }
        Forge forge = new Forge(issuer, audience, clock);
        HeaderFaults headers = new HeaderFaults(forge);
        KeyFaults keys = new KeyFaults(forge, attacker);
        ClaimFaults claims = new ClaimFaults(forge);
        return Stream.of(
                        new FormFaults(forge).tokens(),
                        headers.texts(),
                        new AlgorithmFaults(forge).tokens(),
                        headers.parameters(),
                        keys.foreign(),
                        keys.names(),
                        new SignatureFaults(forge).tokens(),
                        claims.texts(),
                        claims.types(),
                        claims.dates(),
                        claims.audiences(),
                        claims.issuers(attacker.issuer()),
                        claims.bound(),
                        new OrderFaults(forge).tokens())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Tokens whose {@code nbf} or {@code iat} lies just beyond the skew of 5 seconds. Time makes them good, so they are
     * for a deployment whose clock stands still, such as a {@link SettableClock}.
     *
     * @param issuer whose tokens the deployment lets in
     * @param audience what the deployment accepts as {@code aud}, not empty
     * @param clock the deployment's clock
     * @return tokens that are not yet valid
     */
    public static List<HostileToken> atTheSkew(TokenIssuer issuer, String audience, InstantSource clock) {
        return new ClaimFaults(new Forge(issuer, audience, clock)).atTheSkew();
    }

    /**
     * Tokens that were issued to another party, for a deployment that names the parties to which tokens may be issued.
     *
     * @param issuer whose tokens the deployment lets in
     * @param audience what the deployment accepts as {@code aud}, not empty
     * @param party the only {@code azp} that the deployment accepts, not empty
     * @param clock tells the time at which the tokens are made
     * @return tokens with another {@code azp}, or none
     */
    public static List<HostileToken> ofOtherParties(
            TokenIssuer issuer, String audience, String party, InstantSource clock) {
        return new ClaimFaults(new Forge(issuer, audience, clock)).parties(party);
    }
}
