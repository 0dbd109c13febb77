package dev.portcullis.auth.testkit;

import java.util.ArrayList;
import java.util.List;

/** Hostile tokens of one family, as they are gathered. */
final class Batch {

    private final String family;
    private final List<HostileToken> tokens = new ArrayList<>();

    Batch(String family) {
        this.family = family;
    }

    Batch add(String fault, String token, String detail) {
        tokens.add(new HostileToken(family + ": " + fault, token, detail));
        return this;
    }

    List<HostileToken> tokens() {
        return List.copyOf(tokens);
    }
}
