package dev.portcullis.auth.spring;

import dev.portcullis.auth.apikey.Environment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands under {@code portcullis.api-keys}: which keys are let in, where they are kept, and who manages them.
 *
 * @param enabled Whether API keys are let in; where there is a store of them, unless given.
 * @param prefix What keys begin with; grd unless given.
 * @param environments Which keys are accepted here; all, unless given.
 * @param maximumKeyAge The greatest age of a key, whatever its own expiry is; no limit unless given.
 * @param lapseAfterIssue How long after it was issued a key without an allow-list lapses; never unless given.
 * @param lapseAfterLastUse How long after its last use a key without an allow-list lapses; never unless given.
 * @param warnBeforeExpiry How long before a key's end its client is warned in a header; never unless given.
 * @param store Where keys are kept; in the database, where there are auth-jdbc and a data source, unless given.
 * @param migrate Whether the database's tables are made, or brought up to date, at the start.
 * @param statementTimeout How long a statement may take; 3 s unless given.
 * @param changeNotices Whether the database tells of changes that other nodes make; where it can, unless given.
 * @param cache The copies of keys near by, in front of the database.
 * @param issuing What is issued.
 * @param management The endpoints by which signed-in users manage their keys.
 * @param page The page by which they do so.
 */
record APIKeyProperties(
        @Nullable Boolean enabled,
        @Nullable String prefix,
        @DefaultValue List<Environment> environments,
        @Nullable Duration maximumKeyAge,
        @Nullable Duration lapseAfterIssue,
        @Nullable Duration lapseAfterLastUse,
        @Nullable Duration warnBeforeExpiry,
        @Nullable Store store,
        @DefaultValue("false") boolean migrate,
        @Nullable Duration statementTimeout,
        @Nullable Boolean changeNotices,
        @DefaultValue Cache cache,
        @DefaultValue Issuing issuing,
        @DefaultValue Management management,
        @DefaultValue Page page) {

    /** Where keys are kept. */
    enum Store {
        /** In the database of the application's data source. */
        JDBC,
        /** In this process, and gone with it. */
        MEMORY
    }

    /**
     * The copies of keys near by, in front of the database.
     *
     * @param enabled Whether there are any.
     * @param lifetime How long a copy is used: so long may another node's change take to be in force; 1 s unless given.
     * @param lifetimeWithNotices How long one is used while change notices are up to date; 1 min unless given.
     * @param maximumLag How far behind change notices may be; 1 s unless given.
     * @param maximumStaleness How old a copy can be that is used while the database is away; 5 min unless given.
     * @param maximumKeys How many keys there are copies of, at most; 100,000 unless given.
     * @param maximumUnknownKeys How many unknown keys are remembered, at most; 10,000 unless given.
     * @param unknownLifetime How long it is remembered that there is no such key; 10 s unless given.
     * @param unknownRate How often in a second the database may answer that there is no such key; 100 unless given.
     * @param maximumLoads How many questions the database is asked at once; 32 unless given.
     * @param maximumWait How long a thread waits for an answer that another one gets; 1 s unless given.
     * @param maximumWaiters How many threads can wait for it besides; 128 unless given.
     */
    record Cache(
            @DefaultValue("true") boolean enabled,
            @Nullable Duration lifetime,
            @Nullable Duration lifetimeWithNotices,
            @Nullable Duration maximumLag,
            @Nullable Duration maximumStaleness,
            @Nullable Integer maximumKeys,
            @Nullable Integer maximumUnknownKeys,
            @Nullable Duration unknownLifetime,
            @Nullable Integer unknownRate,
            @Nullable Integer maximumLoads,
            @Nullable Duration maximumWait,
            @Nullable Integer maximumWaiters) {}

    /**
     * What is issued.
     *
     * @param scopeCatalogue The scopes that there are; all that are well formed, unless given.
     * @param maximumKeys How many working keys an account can have; 100 unless given.
     * @param maximumAddresses How many entries a key's allow-list can have; 5 unless given.
     * @param maximumLifetime How long a key can live; for ever unless given.
     * @param usualLifetime How long one lives that is issued without an expiry; for ever unless given.
     */
    record Issuing(
            @DefaultValue List<String> scopeCatalogue,
            @Nullable Integer maximumKeys,
            @Nullable Integer maximumAddresses,
            @Nullable Duration maximumLifetime,
            @Nullable Duration usualLifetime) {}

    /**
     * The endpoints by which signed-in users manage the keys of their own account.
     *
     * @param enabled Whether there are any.
     * @param basePath Where they are.
     * @param permissions What they require besides a signed-in user; nothing unless given.
     */
    record Management(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("/api/v1/api-keys") String basePath,
            @DefaultValue List<String> permissions) {}

    /**
     * The page by which they do so.
     *
     * @param enabled Whether there is one.
     * @param path Where it is.
     * @param tokenScript The path of a script that hands the page a token; none unless given.
     */
    record Page(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("/api-keys") String path,
            @Nullable String tokenScript) {}
}
