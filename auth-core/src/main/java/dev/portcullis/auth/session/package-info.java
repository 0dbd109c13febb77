/** Sessions: a cookie and the account's header, opened with an API key or for a user who has signed in. */
@NullMarked
package dev.portcullis.auth.session;

import org.jspecify.annotations.NullMarked;
