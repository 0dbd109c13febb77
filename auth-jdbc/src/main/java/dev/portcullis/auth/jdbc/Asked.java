package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.Reason;

/** What a database is asked about, for whoever hears that it cannot be. */
enum Asked {
    API_KEYS("API keys", Reason.API_KEY_STORE_UNAVAILABLE),
    SIGNING_KEYS("Signing keys", Reason.SIGNING_KEY_STORE_UNAVAILABLE),
    SESSIONS("Sessions", Reason.SESSION_STORE_UNAVAILABLE),
    ACCOUNTS("Accounts", Reason.ACCOUNT_STORE_UNAVAILABLE);

    private final String words;
    private final Reason outage;

    Asked(String words, Reason outage) {
        this.words = words;
        this.outage = outage;
    }

    String words() {
        return words;
    }

    Reason outage() {
        return outage;
    }
}
