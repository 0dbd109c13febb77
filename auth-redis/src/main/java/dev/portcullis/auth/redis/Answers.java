package dev.portcullis.auth.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for answers, but not for ever. */
final class Answers {

    private Answers() {}

    static <T extends @Nullable Object> T await(Future<T> answer, Duration timeout) throws Trouble {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Trouble(Trouble.Kind.NO_ANSWER);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Trouble(Trouble.Kind.INTERRUPTED);
        } catch (CancellationException e) {
            throw new Trouble(Trouble.Kind.CONNECTION_LOST);
        } catch (ExecutionException e) {
            throw of(e);
        }
    }

    /** A Redis that cannot write to its disk refuses even {@code PING}, and goes on with all that reads. */
    static void awaitPong(Future<String> pong, Duration timeout) throws Trouble {
        try {
            await(pong, timeout);
        } catch (Trouble e) {
            if (e.kind() != Trouble.Kind.NO_DISK) {
                throw e;
            }
        }
    }

    /** What Redis itself says stands in an exception of its own, somewhere beneath. */
    static Trouble of(Exception failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RedisCommandExecutionException refused) {
                return new Trouble(Trouble.Kind.of(String.valueOf(refused.getMessage())));
            }
        }
        return new Trouble(Trouble.Kind.CONNECTION_LOST);
    }
}
