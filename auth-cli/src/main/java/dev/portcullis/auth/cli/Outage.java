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
        if (state.startsWith("08")) {
            return "There is no connection to the database.";
        }
        if (state.startsWith("28")) {
            return "The database refuses the user or the password.";
        }
        if (state.startsWith("3D")) {
            return "There is no such database.";
        }
        if (state.startsWith("42")) {
            return "The database lacks a table or a privilege.";
        }
        if (state.startsWith("90020")) {
            return "Another process has the directory open.";
        }
        return "The database failed.";
    }
}
