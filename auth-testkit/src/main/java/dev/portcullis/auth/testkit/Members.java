package dev.portcullis.auth.testkit;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A JSON object as text, member by member, so that each can be replaced by what no JSON library would write. */
final class Members {

    private final Map<String, String> texts;

    private Members(Map<String, String> texts) {
        this.texts = texts;
    }

    static Members none() {
        return new Members(Map.of());
    }

    /** A JSON string. */
    static String quoted(String text) {
        String object = JSONObjectUtils.toJSONString(Map.of("", text));
        return object.substring(4, object.length() - 1);
    }

    /**
     * The same with a member added or replaced.
     *
     * @param value its text
     */
    Members with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(texts);
        more.put(name, value);
        return new Members(more);
    }

    Members withText(String name, String value) {
        return with(name, quoted(value));
    }

    Members without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(texts);
        fewer.remove(name);
        return new Members(fewer);
    }

    Set<String> names() {
        return texts.keySet();
    }

    String text(String name) {
        return String.valueOf(texts.get(name));
    }

    /** All but the closing brace. */
    String open() {
        return texts.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", ""));
    }

    /** The object. */
    @Override
    public String toString() {
        return open() + "}";
    }
}
