package dev.portcullis.auth.session;

import dev.portcullis.auth.Reason;
import java.time.Duration;

/** What came of a login. */
public sealed interface LoginOutcome {

    /**
     * A session was opened.
     *
     * @param opened the session, with its cookie's value
     */
    record Opened(OpenedSession opened) implements LoginOutcome {}

    /**
     * None was, for there were too many attempts: {@link LoginFailure#TOO_MANY_ATTEMPTS}. The key was not looked at.
     *
     * @param retryAfter how long to wait
     */
    record Limited(Duration retryAfter) implements LoginOutcome {}

    /**
     * None was.
     *
     * @param failure why: this, and nothing else, is what the client may be told
     * @param reason the same for logs and events, more exactly
     */
    record Failed(LoginFailure failure, Reason reason) implements LoginOutcome {}
}
