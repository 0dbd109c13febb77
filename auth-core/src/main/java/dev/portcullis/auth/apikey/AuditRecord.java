package dev.portcullis.auth.apikey;

import dev.portcullis.auth.Actor;
import java.time.Instant;
import java.util.UUID;

/**
 * One change to one key, as a store wrote it down. Records are only ever added, and stay when the key is deleted.
 *
 * @param number given by the store: of two changes to one key the later one has the greater number
 * @param at when, in whole milliseconds
 * @param action what was done
 * @param keyID the key's identifier
 * @param owner the account that the key acts for
 * @param by who did it, and from where
 */
public record AuditRecord(long number, Instant at, AuditAction action, UUID keyID, String owner, Actor by) {}
