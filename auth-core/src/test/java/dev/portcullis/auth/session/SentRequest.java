package dev.portcullis.auth.session;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.SecretText;
import java.util.ArrayList;
import java.util.List;

/** A request that is nothing but its header fields, in the order in which they were sent. */
final class SentRequest implements AuthRequest {

    private record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();

    static SentRequest empty() {
        return new SentRequest();
    }

    /** As a client sends it that has logged in. */
    static SentRequest of(OpenedSession opened) {
        return of(opened.cookieValue(), opened.session().account());
    }

    static SentRequest of(SecretText value, String account) {
        return empty().cookie("gravity=" + value.reveal()).account(account);
    }

    SentRequest field(String name, String value) {
        fields.add(new Field(name, value));
        return this;
    }

    SentRequest cookie(String value) {
        return field("Cookie", value);
    }

    SentRequest account(String value) {
        return field("X-Grvt-Account-Id", value);
    }

    SentRequest bearer(String token) {
        return field("Authorization", "Bearer " + token);
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }
}
