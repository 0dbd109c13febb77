package dev.portcullis.auth.signature;

import dev.portcullis.auth.SHA256;

/**
 * A signature as a request presents it: read, but not verified.
 *
 * @param fingerprint which key it is said to be of
 * @param madeAt when it is said to have been made, in Unix seconds
 * @param endsAt when it is said to end, in Unix seconds; {@link Long#MAX_VALUE} if nothing is said
 * @param signature the 64 bytes
 * @param signed what it is over
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and seen by nobody outside
record PresentedSignature(SHA256 fingerprint, long madeAt, long endsAt, byte[] signature, SignedBytes signed) {

    /** What a signature is over. */
    @FunctionalInterface
    interface SignedBytes {

        /**
         * Puts the bytes together; reads the request's body for that.
         *
         * @throws UnacceptableRequestException if the request is not one that can be signed
         */
        byte[] get() throws UnacceptableRequestException;
    }
}
