package dev.portcullis.auth.cli;

import java.sql.SQLException;

/**
 * Why a store cannot be asked, as far as its SQLSTATE tells. The driver's own message is not shown: it can hold the URL.
 */
final class Outage {

    private Outage() {}

    /** More about an outage, with a space before it; empty if nothing is known. */
    static String hint(Throwable outage) {
        for (Throwable cause = outage.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException trouble && trouble.getSQLState() != null) {
                return " " + words(trouble.getSQLState()) + " (SQLSTATE " + Shown.text(trouble.getSQLState()) + ")";
            }
        }
        return "";
    }

    private static String words(String state) {
        if (state.equals("90020")) {
            return "Another process has the directory open.";
        }
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> "There is no connection to the database.";
            case "28" -> "The database refuses the user or the password.";
            case "3D" -> "There is no such database.";
            case "42" -> "The database lacks a table, or its user a right.";
            case "57" -> "The database is starting or stopping, or took too long.";
            default -> "The database failed.";
        };
    }
}
