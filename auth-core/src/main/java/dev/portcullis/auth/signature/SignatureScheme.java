package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthRequest;

/** A way of sending a signature. What comes of it is the same for all, up to the bytes that are signed. */
interface SignatureScheme {

    /** Whether a request bears a header of this scheme. */
    boolean isNamedBy(AuthRequest request);

    /**
     * Reads the headers of this scheme.
     *
     * @throws UnacceptableRequestException if some are missing, or they are malformed
     */
    PresentedSignature read(AuthRequest request) throws UnacceptableRequestException;
}
