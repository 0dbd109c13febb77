/** The four words of Portcullis: {@link dev.portcullis.auth.AuthenticationMethod how} a caller is found out, {@link dev.portcullis.auth.Outcome what came out}, {@link dev.portcullis.auth.Caller who} it is, and {@link dev.portcullis.auth.Requirement what is needed}. */
@NullMarked
package dev.portcullis.auth;

import org.jspecify.annotations.NullMarked;
