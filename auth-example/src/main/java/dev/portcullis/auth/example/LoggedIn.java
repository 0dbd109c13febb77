package dev.portcullis.auth.example;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client keeps of the answer to its login: the cookie's name and value, and the account. */
final class LoggedIn {

    private static final Pattern VALUE = Pattern.compile("^(gravity=[^;]+);");

    private final String setCookie;
    private final String account;

    private LoggedIn(String setCookie, String account) {
        this.setCookie = setCookie;
        this.account = account;
    }

    /** Reads an answer as known clients do; if there is none, or it is a refusal, nothing of it will be let in. */
    static LoggedIn by(@Nullable Answer answer) {
        String field = answer == null ? null : answer.header("Set-Cookie");
        String account = answer == null ? null : answer.header("X-Grvt-Account-Id");
        return new LoggedIn(String.valueOf(field), String.valueOf(account));
    }

    /** What a client had kept. */
    static LoggedIn of(String setCookie, String account) {
        return new LoggedIn(setCookie, account);
    }

    /** The pair alone, as it is to be sent. */
    String cookie() {
        Matcher pair = VALUE.matcher(setCookie);
        return pair.find() ? pair.group(1) : "gravity=none";
    }

    /** All of the field, as it is not to be sent. */
    String wholeField() {
        return setCookie;
    }

    String account() {
        return account;
    }

    /** A request with both halves of the session. */
    Ask with(Ask ask) {
        return ask.cookie(cookie()).shownLine("X-Grvt-Account-Id: " + account);
    }
}
