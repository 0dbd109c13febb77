/**
 * Test support for Spring applications: {@link dev.portcullis.auth.spring.test.CallerPostProcessor} and {@link
 * dev.portcullis.auth.spring.test.WithCaller} sign a caller in, {@link
 * dev.portcullis.auth.spring.test.WithTokenIssuer} starts an issuer whose tokens the application trusts.
 */
@NullMarked
package dev.portcullis.auth.spring.test;

import org.jspecify.annotations.NullMarked;
