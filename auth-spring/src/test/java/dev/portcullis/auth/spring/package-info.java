/** Tests of Portcullis inside Spring. */
@NullMarked
package dev.portcullis.auth.spring;

import org.jspecify.annotations.NullMarked;
