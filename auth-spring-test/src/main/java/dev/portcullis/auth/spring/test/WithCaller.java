package dev.portcullis.auth.spring.test;

import dev.portcullis.auth.CredentialKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Runs a test, or all tests of a class, with a caller in Spring Security's context: for {@code @PreAuthorize} on
 * services, and for MockMvc with Spring Security. {@link CallerPostProcessor} needs no Spring Security.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@WithSecurityContext(factory = WithCallerFactory.class)
@SuppressWarnings("exports") // Spring Security is optional to the module, and the factory is only for its test support
public @interface WithCaller {

    /**
     * The account.
     *
     * @return the subject
     */
    String subject() default "user_1";

    /**
     * What the caller may do.
     *
     * @return exact permission strings
     */
    String[] permissions() default {};

    /**
     * How the caller authenticated.
     *
     * @return the kind of credential
     */
    CredentialKind kind() default CredentialKind.JWT;
}
