package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores that cannot be changed, so that the real rules can be asked without leaving a trace. Whatever a store can do
 * that is not named here is refused, also what it may learn one day.
 */
final class StoreView {

    private static final Set<String> QUESTIONS =
            Set.of("find", "findAny", "findNow", "get", "list", "audit", "countByHashVersion");

    private StoreView() {}

    /**
     * A store that answers what another does, and forgets what it is told of uses.
     *
     * @param found is told of every key that is found
     */
    static APIKeyStore reading(APIKeyStore store, Consumer<APIKey> found) {
        return view((method, arguments) -> {
            if (QUESTIONS.contains(method.getName())) {
                Object answer = asked(store, method, arguments);
                if (answer instanceof APIKey key) {
                    found.accept(key);
                }
                return answer;
            }
            return switch (method.getName()) {
                case "touch" -> null;
                case "rehash" -> false;
                default -> throw new UnsupportedOperationException(method.getName());
            };
        });
    }

    /** A store that takes many keys at once, and keeps none. */
    static APIKeyStore forgetting() {
        return view((method, arguments) -> {
            if (method.getName().equals("addAll")) {
                return Set.of();
            }
            throw new UnsupportedOperationException(method.getName());
        });
    }

    /** What a view does. */
    private interface Handler {
        @Nullable
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static APIKeyStore view(Handler handler) {
        return (APIKeyStore) Proxy.newProxyInstance(
                StoreView.class.getClassLoader(),
                new Class<?>[] {APIKeyStore.class},
                (proxy, method, arguments) -> handler.handle(method, arguments == null ? new Object[0] : arguments));
    }

    private static @Nullable Object asked(APIKeyStore store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
