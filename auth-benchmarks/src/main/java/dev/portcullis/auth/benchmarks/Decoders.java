package dev.portcullis.auth.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** The two sides of a comparison, set up alike: the same keys, issuer, audience and authorized party. */
final class Decoders {

    private Decoders() {}

    static Provider provider(String name) {
        return name.equals("Corretto") ? AmazonCorrettoCryptoProvider.INSTANCE : Security.getProvider("SunRsaSign");
    }

    static JWKSAuthentication portcullis(Tokens tokens, Provider provider, int cachedTokens) {
        TrustedIssuer issuer = TrustedIssuer.named(Tokens.ISSUER)
                .keys(PublishedKeys.at(tokens.jwksURL())
                        .signatureProvider(provider)
                        .build())
                .audience(Tokens.AUDIENCE)
                .authorizedParties(Tokens.PARTY)
                .build();
        return JWKSAuthentication.builder()
                .trust(issuer)
                .cachedTokens(cachedTokens)
                .build();
    }

    static NimbusJwtDecoder spring(Tokens tokens, Provider provider) {
        DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();
        verifiers.getJCAContext().setProvider(provider);
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        tokens.jwksURL().toString())
                .jwtProcessorCustomizer(processor -> processor.setJWSVerifierFactory(verifiers))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(Tokens.ISSUER),
                new JwtClaimValidator<List<String>>("aud", aud -> aud != null && aud.contains(Tokens.AUDIENCE)),
                new JwtClaimValidator<String>("azp", Tokens.PARTY::equals)));
        return decoder;
    }
}
