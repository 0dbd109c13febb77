/** How accounts stand: in order, suspended, or to be verified again. */
@NullMarked
package dev.portcullis.auth.account;

import org.jspecify.annotations.NullMarked;
