package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is expected of tokens that other libraries have made. */
final class IssuedElsewhere {

    private IssuedElsewhere() {}

    /** Lets it in, twice, with these claims and the permissions in them. */
    static void assertLetIn(JWKSAuthentication method, String name, String token, Map<String, ?> claims) {
        for (int sight = 1; sight <= 2; sight++) {
            Outcome outcome = method.authenticate(new BearerRequest(token));
            assertThat(outcome).as(name).isInstanceOf(Outcome.Authenticated.class);
            Caller caller = ((Outcome.Authenticated) outcome).caller();
            assertThat(comparable(caller.attributes())).as(name).isEqualTo(comparable(claims));
            assertThat(caller.subject()).as(name).isEqualTo(claims.get("sub"));
            assertThat(caller.permissions()).as(name).isEqualTo(permissions(claims.get("permissions")));
        }
    }

    private static Set<String> permissions(@Nullable Object claim) {
        if (claim instanceof List<?> list) {
            return Set.copyOf(list.stream().map(String::valueOf).toList());
        }
        return claim == null ? Set.of() : Set.of(claim.toString().split(" ", -1));
    }

    /** A number is a number, whatever type stands for it; what is null is left out. */
    private static Object comparable(Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(IssuedElsewhere::comparable).toList();
        }
        if (value instanceof Map<?, ?> members) {
            Map<Object, Object> kept = new LinkedHashMap<>();
            members.forEach((name, member) -> {
                if (member != null) {
                    kept.put(name, comparable(member));
                }
            });
            return kept;
        }
        return value;
    }
}
