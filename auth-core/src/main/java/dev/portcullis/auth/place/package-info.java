/** Where a request comes from: the client's address behind proxies, its country, and who is let in from there. */
@NullMarked
package dev.portcullis.auth.place;

import org.jspecify.annotations.NullMarked;
