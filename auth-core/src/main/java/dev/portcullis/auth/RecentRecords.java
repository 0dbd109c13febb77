package dev.portcullis.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * The latest of numbered records, in memory. Whoever owns this sees to it that one thread at a time uses it. When it is
 * full the oldest record makes room, so that memory does not run out in the end.
 *
 * @param <R> records
 */
public final class RecentRecords<R> {

    private final int capacity;

    /** Once full, a ring: the record with a number stands at its remainder. */
    private final List<R> records = new ArrayList<>();

    private long next;

    /**
     * No records yet.
     *
     * @param capacity how many are kept at most; at least 1
     */
    public RecentRecords(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds a record.
     *
     * @param numbered makes it from its number, which is greater than all before; the first is 0
     */
    public void add(LongFunction<R> numbered) {
        R record = numbered.apply(next);
        if (records.size() < capacity) {
            records.add(record);
        } else {
            records.set((int) (next % capacity), record);
        }
        next++;
    }

    /**
     * Lists records, the latest first.
     *
     * @param wanted which
     * @param before only those with a lesser number than this
     * @param limit how many at most
     * @return the records
     */
    public List<R> list(Predicate<? super R> wanted, long before, int limit) {
        List<R> page = new ArrayList<>();
        long oldest = next - records.size();
        for (long number = Math.max(0, Math.min(next, before)) - 1; number >= oldest && page.size() < limit; number--) {
            R record = records.get((int) (number % capacity));
            if (wanted.test(record)) {
                page.add(record);
            }
        }
        return page;
    }
}
