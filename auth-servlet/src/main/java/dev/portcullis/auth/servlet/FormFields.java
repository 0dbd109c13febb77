package dev.portcullis.auth.servlet;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a form in a body that is in memory (URL Standard section 5.1). */
final class FormFields {

    /** What containers take too, unless they are told otherwise. */
    private static final int MOST_FIELDS = 1000;

    private FormFields() {}

    static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType
                        .split(";", 2)[0]
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals("application/x-www-form-urlencoded");
    }

    /** The fields of a body. */
    static Map<String, List<String>> of(byte[] body, Charset charset) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        String[] fields = new String(body, StandardCharsets.ISO_8859_1).split("&", MOST_FIELDS + 1);
        for (int i = 0; i < Math.min(fields.length, MOST_FIELDS); i++) {
            if (!fields[i].isEmpty()) {
                add(all, fields[i], charset);
            }
        }
        return all;
    }

    /** The parameters of the query, and behind them those of the form (Servlet 6.1 section 3.1). */
    static Map<String, String[]> merged(Map<String, String[]> query, Map<String, List<String>> form) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        query.forEach((name, values) -> all.put(name, new ArrayList<>(Arrays.asList(values))));
        form.forEach((name, values) ->
                all.computeIfAbsent(name, none -> new ArrayList<>()).addAll(values));
        Map<String, String[]> merged = new LinkedHashMap<>();
        all.forEach((name, values) -> merged.put(name, values.toArray(String[]::new)));
        return merged;
    }

    private static void add(Map<String, List<String>> all, String field, Charset charset) {
        int end = field.indexOf('=');
        String name = end < 0 ? field : field.substring(0, end);
        String value = end < 0 ? "" : field.substring(end + 1);
        try {
            String decoded = URLDecoder.decode(value, charset);
            all.computeIfAbsent(URLDecoder.decode(name, charset), none -> new ArrayList<>(1))
                    .add(decoded);
        } catch (IllegalArgumentException e) {
            // as containers do, a field that is broken is passed over
        }
    }
}
