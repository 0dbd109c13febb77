package dev.portcullis.auth.jwt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with an issuer's published keys, at one moment. For metrics and health checks.
 *
 * @param usableKeys how many keys there are to check tokens with
 * @param age how long ago they were fetched, or null if they never were
 * @param usable whether tokens can be checked: there are keys, and they are not too old
 * @param fetches how many fetches have ended so far, well or not
 * @param failedFetches how many of these have failed
 * @param failuresInARow how many have failed since the last one that did not
 */
public record KeyStatus(
        int usableKeys, @Nullable Duration age, boolean usable, long fetches, long failedFetches, int failuresInARow) {}
