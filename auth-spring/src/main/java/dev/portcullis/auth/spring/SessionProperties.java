package dev.portcullis.auth.spring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands under {@code portcullis.sessions}: whether there are any, how they travel, how long they last, and where they
 * are opened and ended.
 *
 * @param enabled Whether sessions are let in.
 * @param store Where sessions are kept, if there is no SessionStore bean; in this process, unless given.
 * @param cookie The name of the cookie; gravity unless given.
 * @param accountHeader The name of the header that names the account; X-Grvt-Account-Id unless given.
 * @param lifetimes How long sessions last.
 * @param maximumSessions How many sessions an account may have; 100 unless given.
 * @param limits How often somebody may log in with a key.
 * @param endpoints Where sessions are opened, listed and ended.
 */
record SessionProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable Store store,
        @Nullable String cookie,
        @Nullable String accountHeader,
        @DefaultValue Lifetimes lifetimes,
        @Nullable Integer maximumSessions,
        @DefaultValue Limits limits,
        @DefaultValue Endpoints endpoints) {

    /** Where sessions are kept. */
    enum Store {
        /** In the database of the application's data source. */
        JDBC,
        /** In the Redis of {@code portcullis.redis}. */
        REDIS,
        /** In this process, and gone with it. */
        MEMORY
    }

    /**
     * How long sessions last, by how they were opened. One that a key has opened never outlives its key.
     *
     * @param apiKey With an API key; 1 day unless given.
     * @param web In a browser, by a signed-in user; 7 days unless given.
     * @param mobile In a mobile application, by a signed-in user; 90 days unless given.
     */
    record Lifetimes(
            @Nullable Duration apiKey,
            @Nullable Duration web,
            @Nullable Duration mobile) {}

    /**
     * How often somebody may log in with a key.
     *
     * @param store Where logins are counted; in this process, unless given.
     * @param perAddress How often in a minute from one address; 60 unless given.
     * @param perKey How often in a minute with one key; 20 unless given.
     */
    record Limits(
            @Nullable Counter store,
            @DefaultValue("60") int perAddress,
            @DefaultValue("20") int perKey) {}

    /** Where logins are counted. */
    enum Counter {
        /** In this process, for itself. */
        MEMORY,
        /** In the Redis of {@code portcullis.redis}, for all nodes together. */
        REDIS
    }

    /**
     * Where sessions are opened, listed and ended. An empty path leaves an endpoint out.
     *
     * @param apiKeyLogin Where a key is exchanged for a session.
     * @param webLogin Where a signed-in user opens a web session; nowhere unless given.
     * @param mobileLogin Where a signed-in user opens a mobile session; nowhere unless given.
     * @param logout Where the caller's session is ended.
     * @param sessions Where the caller's own sessions are listed, and single ones ended.
     * @param hosts The hosts that serve these endpoints; every host, unless given.
     */
    record Endpoints(
            @DefaultValue("/auth/api_key/login") String apiKeyLogin,
            @DefaultValue("") String webLogin,
            @DefaultValue("") String mobileLogin,
            @DefaultValue("/auth/logout") String logout,
            @DefaultValue("/auth/sessions") String sessions,
            @DefaultValue List<String> hosts) {}
}
