package dev.portcullis.auth.spring;

import dev.portcullis.auth.signature.ReplayProtection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What stands under {@code portcullis.signatures}: which signed requests are let in, and who manages their keys.
 *
 * @param enabled Whether signed requests are let in; where there is a store of signing keys, unless given.
 * @param store Where signing keys are kept, if the application has no store of its own.
 * @param headerPrefix What the names of the three headers begin with; x-thegrid unless given.
 * @param window How far a request's time may be from the server's, either way; 30 s unless given.
 * @param maximumBody How large a body can be; 1 MB unless given.
 * @param messageSignatures Whether HTTP message signatures (RFC 9421) are let in too.
 * @param replayProtection Which requests are let in only once; those that can change something, unless given.
 * @param replayMemory Where it is remembered which requests came; in a ReplayMemory bean, unless given.
 * @param singleNode Whether no other process lets in the same requests, so that replays can be remembered in this one.
 * @param maximumKeys How many signing keys an account can have; 100 unless given.
 * @param management The endpoints by which signed-in users manage their signing keys.
 */
record SignatureProperties(
        @Nullable Boolean enabled,
        @Nullable Store store,
        @Nullable String headerPrefix,
        @Nullable Duration window,
        @Nullable DataSize maximumBody,
        @DefaultValue("false") boolean messageSignatures,
        @Nullable ReplayProtection replayProtection,
        @Nullable Memory replayMemory,
        @DefaultValue("false") boolean singleNode,
        @Nullable Integer maximumKeys,
        @DefaultValue Management management) {

    /** Where signing keys are kept. */
    enum Store {
        /** In the database of the application's data source. */
        JDBC,
        /** In this process, and gone with it. */
        MEMORY
    }

    /** Where it is remembered which requests came. */
    enum Memory {
        /** In this process, where no other one lets in the same requests. */
        MEMORY,
        /** In the Redis of {@code portcullis.redis}. */
        REDIS
    }

    /**
     * The endpoints by which signed-in users manage their signing keys.
     *
     * @param enabled Whether there are any.
     * @param basePath Where they are.
     */
    record Management(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("/api/v1/signing-keys") String basePath) {}
}
