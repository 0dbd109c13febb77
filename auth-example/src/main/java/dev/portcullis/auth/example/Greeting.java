package dev.portcullis.auth.example;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** What the example prints when it answers: lines to paste, with credentials in them. */
final class Greeting {

    private static final String LEAGUE = "{\"name\":\"La Liga\",\"country\":\"ES\",\"teams\":20}";
    private static final String QUESTION =
            "{\"model\":\"Text-Prime\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    private final String address;
    private final PrintStream out;

    Greeting(String address, PrintStream out) {
        this.address = address;
        this.out = out;
    }

    /**
     * Prints.
     *
     * @param token a JWT that is let in, or null if there is none to show
     * @param key an API key that is let in
     */
    void print(@Nullable String token, String key) {
        line("Portcullis example: leagues under catalog:*, sources under holdings:*, a model for API keys,\n"
                + "orders for signed requests, /health for anyone.");
        line("");
        line("Anyone:");
        curl("/health", null);
        line("");
        if (token == null) {
            line("With a JWT: get one from your issuer. The example has none to show, for it cannot sign for it.");
        } else {
            line("With a JWT of the development issuer, good for an hour, with every permission:");
            curl("/api/v1/leagues/", bearer(token));
            line("");
            curl("/api/v1/leagues/", bearer(token) + " -H 'Content-Type: application/json' -d '" + LEAGUE + "'");
            line("");
            line("Your API keys, by the same JWT; there is a page for them too, at " + address + "/api-keys/");
            curl("/api/v1/api-keys/", bearer(token));
        }
        line("");
        line("With an API key, good for a day, with every permission:");
        curl("/api/v1/sources/", bearer(key));
        line("");
        curl("/api/v1/sources/1/", " -H 'x-api-key: " + key + "'");
        line("");
        curl("/v1/chat/completions", bearer(key) + " -H 'Content-Type: application/json' -d '" + QUESTION + "'");
        line("");
        line("Orders are signed with a key of your own: docs/signed-requests.md tells how.");
        line("");
        line("With nothing, which is answered 401:");
        curl("/api/v1/sources/", null);
        line("");
        line("READY " + address);
        out.flush();
    }

    private static String bearer(String credential) {
        return " -H 'Authorization: Bearer " + credential + "'";
    }

    private void curl(String path, @Nullable String more) {
        line("curl -i " + address + path + (more == null ? "" : more));
    }

    private void line(String text) {
        out.println(text);
    }
}
