/** RS256 JSON Web Tokens checked against the published keys of a trusted issuer (RFC 7515, 7517, 7519, 8725). */
@NullMarked
package dev.portcullis.auth.jwt;

import org.jspecify.annotations.NullMarked;
