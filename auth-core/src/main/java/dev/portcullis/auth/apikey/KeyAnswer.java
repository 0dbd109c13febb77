package dev.portcullis.auth.apikey;

import dev.portcullis.auth.Reason;
import java.util.function.Function;

/**
 * In what form somebody wants to hear what came out of judging a key.
 *
 * @param <T> the form
 * @param good what is answered of a key that works
 * @param bad what is answered otherwise
 */
record KeyAnswer<T>(Function<APIKey, T> good, Function<Reason, T> bad) {}
