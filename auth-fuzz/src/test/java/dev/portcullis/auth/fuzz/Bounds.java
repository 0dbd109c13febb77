package dev.portcullis.auth.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Predicate;

/** What every target holds for every input: what is done with it takes no more memory than there is reason for. */
final class Bounds {

    /** Several times what the longest input takes, which is 4 KiB; with what the target itself does to look at it. */
    static final long MOST_BYTES = 64L * 1024 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bounds() {}

    /** Whether the target lets the input in, having looked at what that took; classes that were loaded do not count. */
    static boolean isLetIn(byte[] bytes, Predicate<byte[]> target) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean in = target.test(bytes);
        if (THREADS.getCurrentThreadAllocatedBytes() - before > MOST_BYTES) {
            long again = THREADS.getCurrentThreadAllocatedBytes();
            Input.require(target.test(bytes) == in, "a second look decides otherwise");
            long taken = THREADS.getCurrentThreadAllocatedBytes() - again;
            Input.require(taken <= MOST_BYTES, "it takes " + taken + " bytes of memory for " + bytes.length);
        }
        return in;
    }
}
