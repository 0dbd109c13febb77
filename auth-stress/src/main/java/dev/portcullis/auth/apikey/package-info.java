/** Races of what is in the package of this name. */
@NullMarked
package dev.portcullis.auth.apikey;

import org.jspecify.annotations.NullMarked;
