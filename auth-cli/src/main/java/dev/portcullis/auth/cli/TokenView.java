package dev.portcullis.auth.cli;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.jwt.TokenInspection;
import dev.portcullis.auth.jwt.TokenInspection.Check;
import dev.portcullis.auth.jwt.TokenInspection.Result;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is printed of an inspected token. */
final class TokenView {

    private static final String INDENT = "  ";
    private static final Set<String> DATES = Set.of("exp", "nbf", "iat", "auth_time", "updated_at");

    private final TokenInspection inspection;
    private final Instant now;

    TokenView(TokenInspection inspection, Instant now) {
        this.inspection = inspection;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    JSON.Members asJSON() {
        Reason reason = inspection.reason();
        return JSON.object()
                .with("verdict", word(inspection.verdict()))
                .with("status", reason == null ? null : reason.status())
                .with("detail", reason == null ? null : reason.detail())
                .with("reason", reason == null ? null : reason.name())
                .with("verified", inspection.isVerified())
                .with("at", now)
                .with("header", inspection.header())
                .with("claims", inspection.claims())
                .with(
                        "checks",
                        inspection.checks().stream()
                                .map(check -> JSON.object()
                                        .with("reason", check.reason().name())
                                        .with("detail", check.reason().detail())
                                        .with("result", word(check.result()))
                                        .with("note", check.note()))
                                .toList());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>(verdict(style));
        members("HEADER", inspection.header(), style, lines);
        members("CLAIMS", inspection.claims(), style, lines);
        if (inspection.header() != null) {
            lines.add("");
            lines.add(style.bold("SIGNATURE") + INDENT + "not printed");
        }
        lines.add("");
        lines.add(style.bold("CHECKS") + INDENT + "in the order in which an API decides, as of " + now);
        lines.addAll(checks(style).lines(INDENT, style));
        return lines;
    }

    private List<String> verdict(Style style) {
        Reason reason = inspection.reason();
        if (reason != null) {
            List<String> lines = new ArrayList<>();
            lines.add(style.bad("Refused: ") + reason.status() + " " + style.bold(reason.detail()));
            if (isUncheckedBefore(reason)) {
                lines.add("Or by a check before that one, which could not be made here.");
            }
            return lines;
        }
        return inspection.verdict() == TokenInspection.Verdict.LET_IN
                ? List.of(style.good("Let in."))
                : List.of(style.unsure("Undecided: ") + "nothing speaks against it, but not everything was checked.");
    }

    private boolean isUncheckedBefore(Reason reason) {
        return inspection.checks().stream()
                .takeWhile(check -> check.reason() != reason)
                .anyMatch(check -> check.result() == Result.NOT_CHECKED);
    }

    private void members(
            String title, @Nullable Map<String, @Nullable Object> members, Style style, List<String> lines) {
        lines.add("");
        String mark = inspection.isVerified() ? style.good("verified") : style.unsure("UNVERIFIED");
        if (members == null) {
            lines.add(style.bold(title) + INDENT + "cannot be read");
            return;
        }
        lines.add(style.bold(title) + INDENT + mark);
        Table table = Table.plain();
        members.forEach((name, value) -> table.row(Shown.text(name), value(name, value, style)));
        lines.addAll(table.lines(INDENT, style));
    }

    private String value(String name, @Nullable Object value, Style style) {
        String shown = value instanceof String text ? Shown.text(text) : Shown.text(JSON.line(value));
        String time = DATES.contains(name) && value instanceof Number number ? time(number) : null;
        return time == null ? shown : shown + INDENT + style.faint(time);
    }

    private @Nullable String time(Number seconds) {
        try {
            Instant time = Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1000));
            return time + ", " + Shown.distance(time, now);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private Table checks(Style style) {
        Table table = Table.plain();
        for (Check check : inspection.checks()) {
            String result = word(check.result());
            String note = check.note() == null ? "" : check.note();
            String detail = check.reason().detail();
            switch (check.result()) {
                case PASSED -> table.row(style.good(result), CheckWords.of(check.reason()), note);
                case NOT_CHECKED -> table.row(style.unsure(result), CheckWords.of(check.reason()), note);
                case FAILED ->
                    table.row(
                            style.bad(result.toUpperCase(Locale.ROOT)),
                            CheckWords.of(check.reason()),
                            style.bold(detail) + (note.isEmpty() ? "" : " (" + note + ")"));
            }
        }
        return table;
    }
}
