package dev.portcullis.auth.apikey;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which keys were noted lately. What is forgotten, because another key has the same place, costs time and nothing else.
 */
final class RecentNotes {

    private static final int PLACES = 8192;

    private final AtomicReferenceArray<@Nullable Note> places = new AtomicReferenceArray<>(PLACES);

    private record Note(long idHigh, long idLow, long usedAt) {}

    /** Whether a use after a moment, in milliseconds, was noted. */
    boolean hasOneAfter(long moment, APIKey key) {
        Note note = places.get(placeOf(key));
        return note != null && note.usedAt > moment && key.hasID(note.idHigh, note.idLow);
    }

    void add(APIKey key, long usedAt) {
        places.set(placeOf(key), new Note(key.idHigh(), key.idLow(), usedAt));
    }

    private static int placeOf(APIKey key) {
        return (Long.hashCode(key.idHigh() ^ key.idLow()) * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(PLACES - 1);
    }
}
