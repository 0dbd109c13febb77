package dev.portcullis.auth.testkit;

import java.time.Duration;
import java.util.List;

/**
 * What {@link NodesUnderLoad} has seen.
 *
 * @param answers how many requests were answered
 * @param unavailable how many of them could not be checked, which is never wrong
 * @param changes how many changes were made
 * @param longest the longest time from the moment a change was answered to a request that another node still answered by
 *     the state before
 * @param wrong the first answers that were wrong, in words
 */
public record LoadReport(long answers, long unavailable, long changes, Duration longest, List<String> wrong) {}
