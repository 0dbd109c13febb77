package dev.portcullis.auth.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permissions that a caller must hold for a controller's method, or for all methods of a controller: every one that
 * is named here, in further annotations of this kind, on the class and on what it inherits, methods and types alike.
 *
 * <pre>{@code
 * @GetMapping("/api/v1/leagues/{id}")
 * @RequiresPermission("catalog:read")
 * League league(@PathVariable String id) { … }
 * }</pre>
 *
 * <p>It is looked at when the method is about to run, however the request came to it, with Spring Security and without.
 * Who lacks one is answered 403 with all of them as the challenge's {@code scope}, who is not signed in 401, in the same
 * bytes as by a rule for the route. It comes on top of those rules, and opens nothing that they close.
 *
 * <p>It can stand on annotations of your own. The start fails if it names what is no permission, or stands where
 * nothing would enforce it: on a bean that handles no requests.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(RequiresPermission.List.class)
public @interface RequiresPermission {

    /**
     * Exact permission strings, all of which are required.
     *
     * @return at least one
     */
    String[] value();

    /** Several {@link RequiresPermission} on one element. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface List {

        /**
         * The annotations.
         *
         * @return what stands there more than once
         */
        RequiresPermission[] value();
    }
}
