package dev.portcullis.auth.jwt;

/**
 * What the memory of tokens that were let in has been good for so far. For metrics.
 *
 * @param hits how many tokens were known, and needed no check of their signature
 * @param misses how many were not; those that were refused are among them
 * @param remembered how many tokens are remembered now
 */
public record TokenStatistics(long hits, long misses, int remembered) {

    /** Nothing is remembered. */
    static final TokenStatistics NONE = new TokenStatistics(0, 0, 0);
}
