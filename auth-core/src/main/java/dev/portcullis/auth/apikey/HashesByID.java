package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which hash a key has of which there may be a copy, as long as no other key has taken its place here: small, without a
 * lock, and no longer complete than that.
 */
final class HashesByID {

    private static final int MOST_PLACES = 1 << 20;

    private final AtomicReferenceArray<@Nullable Entry> places;

    private record Entry(long idHigh, long idLow, SHA256 hash) {}

    HashesByID(int keys) {
        places = new AtomicReferenceArray<>(2 * Integer.highestOneBit(Math.min(keys, MOST_PLACES / 2)));
    }

    void add(APIKey key) {
        Entry entry = new Entry(key.idHigh(), key.idLow(), key.hash());
        places.set(placeOf(entry.idHigh, entry.idLow), entry);
    }

    @Nullable
    SHA256 find(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        Entry entry = places.get(placeOf(high, low));
        return entry != null && entry.idHigh == high && entry.idLow == low ? entry.hash : null;
    }

    private int placeOf(long high, long low) {
        return (Long.hashCode(high ^ low) * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(places.length() - 1);
    }
}
