package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a request says of itself when whoever made it has told no more than its method and its fields. */
class AuthRequestTest {

    @Test
    void what_is_not_told_is_not_known() {
        AuthRequest request = SentHeaders.of();
        assertThat(request.remoteAddress()).isNull();
        assertThat(request.target()).isNull();
        assertThat(request.host()).isNull();
        assertThat(request.path()).isNull();
        assertThat(request.query()).isNull();
        assertThat(request.authority()).isNull();
        assertThat(request.segments()).isEmpty();
        assertThatThrownBy(() -> request.body(1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void credentials_host_and_authority_are_taken_from_the_fields() {
        AuthRequest request = SentHeaders.of("host", "API.example:8080", "x-api-key", "hidden");
        assertThat(request.host()).isEqualTo("api.example");
        assertThat(request.authority()).isEqualTo("API.example:8080");
        assertThat(request.credentials().apiKey()).isEqualTo(SecretText.of("hidden"));
    }

    @Test
    void of_two_hosts_neither_counts() {
        AuthRequest request = SentHeaders.of("host", "one.example", "host", "two.example");
        assertThat(request.host()).isNull();
        assertThat(request.authority()).isNull();
    }

    @Test
    void segments_are_those_of_the_path_if_it_can_be_read_in_one_way_alone() {
        assertThat(new BareRequest("GET", "/pairs/%50EPE/").segments()).containsExactly("pairs", "PEPE");
        assertThat(new BareRequest("GET", "/pairs/../PEPE").segments()).isEmpty();
    }
}
