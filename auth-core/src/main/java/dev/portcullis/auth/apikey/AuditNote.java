package dev.portcullis.auth.apikey;

import dev.portcullis.auth.Actor;
import java.time.Instant;

/**
 * What a store writes down with a change, in the same transaction: without a note there is no change. Its time is the
 * time of the change too; a store never reads a clock of its own.
 *
 * @param action what is done
 * @param by who does it, and from where
 * @param at when; stores keep whole milliseconds, rounded down
 */
public record AuditNote(AuditAction action, Actor by, Instant at) {}
