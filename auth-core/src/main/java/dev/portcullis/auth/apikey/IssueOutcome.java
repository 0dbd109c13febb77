package dev.portcullis.auth.apikey;

/** What came of a request that may have been made before. */
public sealed interface IssueOutcome {

    /**
     * The key.
     *
     * @return what is stored
     */
    APIKey key();

    /**
     * A key was issued.
     *
     * @param issued the key with its plaintext, which is nowhere else
     */
    record Issued(IssuedAPIKey issued) implements IssueOutcome {
        @Override
        public APIKey key() {
            return issued.key();
        }
    }

    /**
     * The same request was made before, and its key issued then. The plaintext was shown once.
     *
     * @param key the key as it stands now
     */
    record Repeated(APIKey key) implements IssueOutcome {}
}
