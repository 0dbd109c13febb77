package dev.portcullis.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.testkit.APIKeyStoreContract;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A store that tells is otherwise the same store, also when it cannot tell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TellingKeyStoreTest implements APIKeyStoreContract {

    /** A port at which nobody listens. */
    private final RedisServer server = RedisServer.at("redis://127.0.0.1:1").build();

    @AfterAll
    void close() {
        server.close();
    }

    @Override
    public APIKeyStore newStore() {
        return server.changeNotices().telling(new InMemoryAPIKeyStore());
    }

    /** Also of what a store need not have: one with copies answers {@code findNow} without them. */
    @Test
    void every_question_is_answered_by_the_store_behind() throws ReflectiveOperationException {
        List<String> asked = new ArrayList<>();
        APIKeyStore behind = (APIKeyStore) Proxy.newProxyInstance(
                APIKeyStore.class.getClassLoader(), new Class<?>[] {APIKeyStore.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return nothing(method.getReturnType());
                });
        APIKeyStore telling = server.changeNotices().telling(behind);
        List<Method> questions = List.of(APIKeyStore.class.getMethods());

        for (Method question : questions) {
            Object[] arguments = Stream.of(question.getParameterTypes())
                    .map(TellingKeyStoreTest::nothing)
                    .toArray();
            question.invoke(telling, arguments);
        }

        assertThat(asked)
                .containsExactlyElementsOf(
                        questions.stream().map(Method::getName).toList());
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == UUID.class ? new UUID(1, 2) : null;
    }
}
