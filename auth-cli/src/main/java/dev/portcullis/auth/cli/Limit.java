package dev.portcullis.auth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of a list is wanted. The list is read page by page, for it can be longer than memory. */
final class Limit {

    private static final int PAGE = 1000;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            converter = Numbers.Count.class,
            description = "How many at most; 100 unless given.")
    private int limit = 100;

    /** Where a list comes from. */
    @FunctionalInterface
    interface Pages<T> {

        /**
         * A page of it.
         *
         * @param last what the page before ended with; null for the first page
         * @param size how many at most
         */
        List<T> after(@Nullable T last, int size);
    }

    /** Reads as much as is wanted, or there is. */
    <T> List<T> read(Pages<T> pages) {
        List<T> read = new ArrayList<>();
        List<T> page = pages.after(null, Math.min(PAGE, limit));
        while (!page.isEmpty()) {
            read.addAll(page);
            int more = Math.min(PAGE, limit - read.size());
            page = more == 0 ? List.of() : pages.after(read.get(read.size() - 1), more);
        }
        return read;
    }

    /** Says how to go on where a list was cut off. */
    <T> void tellOfMore(Terminal terminal, List<T> read, Function<T, ?> place) {
        if (read.size() == limit) {
            terminal.err().println("There may be more: add --before " + place.apply(read.get(limit - 1)));
        }
    }
}
