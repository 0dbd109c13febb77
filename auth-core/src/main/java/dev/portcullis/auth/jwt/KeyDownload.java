package dev.portcullis.auth.jwt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Gets the published keys: the one thing about {@link KeyRefresh} that is slow and can fail.
 *
 * @param <S> a set of keys
 */
@FunctionalInterface
interface KeyDownload<S> {

    /**
     * Gets the keys as they are published now.
     *
     * @param previous the set before, whose unchanged keys are kept, or null
     * @throws FetchFailedException if there are no usable keys to be had
     * @throws InterruptedException if the key source was closed meanwhile
     */
    Downloaded<S> get(@Nullable S previous) throws FetchFailedException, InterruptedException;

    /**
     * What was got.
     *
     * @param <S> a set of keys
     * @param keys the set, which is the previous one itself if nothing has changed
     * @param freshness how long it needs no other fetch
     */
    record Downloaded<S>(S keys, Duration freshness) {}
}
