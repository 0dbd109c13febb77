package dev.portcullis.auth.servlet.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.servlet.FakeRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The body of a login. */
final class LoginBodyTest {

    private static FakeRequest json(String body) {
        return FakeRequest.of("POST", "/").withBody(body).with("Content-Type", "application/json");
    }

    private static @Nullable String keyIn(FakeRequest request) {
        SecretText key = LoginBody.keyIn(request.get());
        return key == null ? null : key.reveal();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"api_key\":\"k\"}",
                " {\"x\":{\"api_key\":\"other\"},\"api_key\":\"k\",\"y\":[1,\"z\"]} ",
                "{\"api_key\":\"k\",\"API_KEY\":\"other\"}"
            })
    void theKeyIsTheMemberOfThatName(String body) {
        assertThat(keyIn(json(body))).isEqualTo("k");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[\"api_key\"]",
                "\"api_key\"",
                "{}",
                "{\"api_key\":1}",
                "{\"api_key\":null}",
                "{\"api_key\":[\"k\"]}",
                "{\"api_key\":\"k\",\"api_key\":\"k\"}",
                "{\"api_key\":\"k\"} x",
                "{\"api_key\":\"k\"}{}",
                "{\"api_key\":\"k\"",
                "{\"api_key\":\"k\",\"x\":\"\u00e9\"}"
            })
    void otherBodiesHoldNone(String body) {
        assertThat(keyIn(json(body))).isNull();
    }

    @Test
    void aBodyHas4096BytesAtMostAndIsNestedSixteenDeep() {
        String body = "{\"api_key\":\"k\"}";
        assertThat(keyIn(json(body + " ".repeat(4096 - body.length())))).isEqualTo("k");
        assertThat(keyIn(json(body + " ".repeat(4097 - body.length())))).isNull();
        String deep = "{\"x\":" + "[".repeat(15) + "]".repeat(15) + ",\"api_key\":\"k\"}";
        assertThat(keyIn(json(deep))).isEqualTo("k");
        assertThat(keyIn(json(deep.replace("[]", "[[]]")))).isNull();
    }

    @Test
    void itIsJSONAndNotCompressed() {
        String body = "{\"api_key\":\"k\"}";
        assertThat(keyIn(FakeRequest.of("POST", "/").withBody(body).with("Content-Type", "Application/JSON ;x=y")))
                .isEqualTo("k");
        assertThat(keyIn(FakeRequest.of("POST", "/").withBody(body).with("Content-Type", "text/plain")))
                .isNull();
        assertThat(keyIn(FakeRequest.of("POST", "/").withBody(body))).isNull();
        assertThat(keyIn(json(body).with("Content-Encoding", "identity"))).isNull();
    }
}
