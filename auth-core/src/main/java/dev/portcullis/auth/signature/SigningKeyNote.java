package dev.portcullis.auth.signature;

import dev.portcullis.auth.Actor;
import java.time.Instant;

/**
 * What a store writes down with a change, in the same transaction: without a note there is no change.
 *
 * @param by who makes it, and from where
 * @param at when; stores keep whole milliseconds, rounded down
 */
public record SigningKeyNote(Actor by, Instant at) {}
