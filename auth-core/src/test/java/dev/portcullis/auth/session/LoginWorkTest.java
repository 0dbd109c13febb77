package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.KeyVerdict;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Login timing: whether a key is known or not, the same is done, in the same order, until it is judged. */
final class LoginWorkTest {

    private final SessionFixture house = new SessionFixture();
    private final List<String> work = new ArrayList<>();

    @AfterEach
    void close() {
        house.close();
    }

    private List<String> workOf(String key) {
        work.clear();
        KeyJudge judge = new KeyJudge() {
            @Override
            public KeyVerdict judge(SecretText text) {
                work.add("judged " + text.length());
                return house.keyMethod.judge(text);
            }

            @Override
            public KeyVerdict judge(UUID id, SHA256 hash) {
                throw new AssertionError("Nothing was remembered of a key that is sent whole");
            }
        };
        RateLimit counting = name -> {
            work.add("counted");
            return Duration.ZERO;
        };
        Sessions sessions = house.settings()
                .keys(judge)
                .limits(LoginLimits.of(counting, counting))
                .admission((caller, request) -> {
                    work.add("let in?");
                    return Reason.ADDRESS_NOT_ALLOWED;
                })
                .build();
        assertThat(sessions.login(SecretText.of(key), SentRequest.empty())).isInstanceOf(LoginOutcome.Failed.class);
        return List.copyOf(work);
    }

    /** Only a whole good key is asked more about, and whoever has that knows that it is good. */
    @Test
    void an_unknown_key_costs_what_a_known_one_does() {
        IssuedAPIKey good = house.key();
        IssuedAPIKey revoked = house.key();
        house.keys.revoke(revoked.key().id());
        IssuedAPIKey expired = house.key(house.now.plusMillis(1));
        house.pass(Duration.ofMillis(1));
        String unknown = good.plaintext().substring(0, 56) + (good.plaintext().endsWith("0") ? "1" : "0");
        List<String> usual = List.of("counted", "counted", "judged 57");
        assertThat(workOf(unknown)).isEqualTo(usual);
        assertThat(workOf(revoked.plaintext())).isEqualTo(usual);
        assertThat(workOf(expired.plaintext())).isEqualTo(usual);
        assertThat(workOf(good.plaintext()))
                .startsWith("counted", "counted", "judged 57")
                .hasSize(4);
    }
}
