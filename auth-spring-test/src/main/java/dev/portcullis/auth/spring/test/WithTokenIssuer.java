package dev.portcullis.auth.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts a {@link dev.portcullis.auth.testkit.TokenIssuer} beside the application under test, and sets {@code
 * portcullis.jwt.issuer}, {@code jwks-uri} and {@code audience} to it. The issuer is a bean:
 *
 * <pre>{@code
 * @SpringBootTest(webEnvironment = RANDOM_PORT)
 * @WithTokenIssuer(audience = "https://api.example")
 * class FullStackTest {
 *     @Autowired TokenIssuer issuer;
 * }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithTokenIssuer {

    /**
     * The name of this API in the tokens' {@code aud}.
     *
     * @return the audience
     */
    String audience() default "api";
}
