/**
 * Portcullis inside Spring. With Boot, adding this module and writing properties under {@code portcullis} is all there is
 * to it: inside Spring Security where that is on the class path, as plain filters otherwise.
 */
@NullMarked
package dev.portcullis.auth.spring;

import org.jspecify.annotations.NullMarked;
