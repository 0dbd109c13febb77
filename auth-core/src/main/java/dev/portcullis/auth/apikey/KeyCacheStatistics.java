package dev.portcullis.auth.apikey;

/**
 * What a {@link CachedAPIKeyStore} has done since it was made, for metrics. The counts only grow; they are read one after
 * the other, so that they need not match to the last request.
 *
 * @param hits how often a copy of a key was used without asking; threads that count at the same moment may lose some,
 *     and a key that a session remembers is not counted again
 * @param unknownHits how often it was remembered that there is no such key
 * @param misses how often the store's answer was needed
 * @param loads how often the store was asked, also ahead of need
 * @param failures how often it could not be asked, or threw something
 * @param staleAnswers how often an old copy was used because the store was away
 * @param refusals how often a key was not looked up because too many unknown ones came
 * @param keys how many keys there are copies of
 * @param unknownKeys how many unknown keys are remembered
 * @param noticesUpToDate whether change notices make copies live longer now
 */
public record KeyCacheStatistics(
        long hits,
        long unknownHits,
        long misses,
        long loads,
        long failures,
        long staleAnswers,
        long refusals,
        int keys,
        int unknownKeys,
        boolean noticesUpToDate) {}
