package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many at most
 * @param cursor what the page before has given, or null to begin
 */
record Page(int limit, @Nullable String cursor) {

    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final int USUAL = 100;
    private static final int MOST_DIGITS = 4;

    /**
     * Reads {@code ?limit} and {@code ?cursor}. They are plain ASCII, so that nothing needs to be decoded; what else
     * there is in the query does not matter.
     *
     * @throws KeyRefusedException if one is there twice, or the limit is no number
     */
    static Page of(HttpServletRequest request) {
        String query = request.getQueryString();
        String limit = parameter(query, LIMIT);
        return new Page(limit == null ? USUAL : number(limit), parameter(query, CURSOR));
    }

    private static @Nullable String parameter(@Nullable String query, String name) {
        List<String> values = new ArrayList<>(1);
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            if (pair.equals(name) || pair.startsWith(name + "=")) {
                values.add(pair.equals(name) ? "" : pair.substring(name.length() + 1));
            }
        }
        if (values.size() > 1) {
            throw fault(name, KeyFault.REPEATED);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw fault(LIMIT, KeyFault.LIMIT_OUT_OF_RANGE);
        }
        return Integer.parseInt(text);
    }

    /**
     * Where to go on.
     *
     * @param reader reads a cursor; null if it is none
     * @param beginning where the first page begins
     * @throws KeyRefusedException if the cursor is none
     */
    <T extends @Nullable Object> T from(Function<String, @Nullable T> reader, T beginning) {
        if (cursor == null) {
            return beginning;
        }
        T read = reader.apply(cursor);
        if (read == null) {
            throw fault(CURSOR, KeyFault.MALFORMED_CURSOR);
        }
        return read;
    }

    /** The next page (RFC 8288), relative to the page's own address, whatever that is behind a proxy. */
    String next(String last) {
        return "<?" + LIMIT + "=" + limit + "&" + CURSOR + "=" + last + ">; rel=\"next\"";
    }

    private static KeyRefusedException fault(String parameter, KeyFault fault) {
        return KeyRefusedException.invalid(Map.of(parameter, List.of(fault)));
    }
}
