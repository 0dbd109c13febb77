/** Signed requests: a client proves with every request that it holds a private key, of which only the public one is known here. */
@NullMarked
package dev.portcullis.auth.signature;

import org.jspecify.annotations.NullMarked;
