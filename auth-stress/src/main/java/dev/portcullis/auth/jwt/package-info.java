/** Races of what is in the package of this name. */
@NullMarked
package dev.portcullis.auth.jwt;

import org.jspecify.annotations.NullMarked;
