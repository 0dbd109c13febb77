/** Tests of the test support. */
@NullMarked
package dev.portcullis.auth.spring.test;

import org.jspecify.annotations.NullMarked;
