package dev.portcullis.auth;

import java.util.List;
import java.util.stream.Stream;

/** A request made of its header fields, in the order in which they were sent. */
record SentHeaders(List<Field> fields) implements AuthRequest {

    record Field(String name, String value) {}

    /** Names and values in turn. */
    static SentHeaders of(String... namesAndValues) {
        return new SentHeaders(Stream.iterate(0, i -> i < namesAndValues.length, i -> i + 2)
                .map(i -> new Field(namesAndValues[i], namesAndValues[i + 1]))
                .toList());
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }
}
