/** Races of what is in the package of this name. */
@NullMarked
package dev.portcullis.auth.signature;

import org.jspecify.annotations.NullMarked;
