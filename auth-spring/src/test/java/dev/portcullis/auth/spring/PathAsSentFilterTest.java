package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Spring takes it for granted that a path begins with its servlet's own, and fails where it does not. */
class PathAsSentFilterTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    private HttpServletRequest seen(String uri, MappingMatch match) throws Exception {
        request.setContextPath("/app");
        request.setServletPath("/k\u00e4ys");
        request.setRequestURI(uri);
        request.setHttpServletMapping(new MockHttpServletMapping("1", "/k\u00e4ys/*", "keys", match));
        MockFilterChain chain = new MockFilterChain();
        new PathAsSentFilter().doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) Objects.requireNonNull(chain.getRequest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/k%C3%A4ys", "/app/k%C3%A4ys/", "/app/k%C3%A4ys/1;x=y"})
    void a_path_that_begins_with_its_servlets_own_is_left_as_it_is(String uri) throws Exception {
        assertThat(seen(uri, MappingMatch.PATH)).isSameAs(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/app/k%C3%A4ys;x=y/1", "/app/k%c3%a4ys/1", "/app/k%C3%A4ysx", "/%61pp/k%C3%A4ys/1", "/app"})
    void any_other_is_shown_as_at_no_servlets_path(String uri) throws Exception {
        HttpServletMapping mapping = seen(uri, MappingMatch.PATH).getHttpServletMapping();

        assertThat(mapping.getMappingMatch()).isEqualTo(MappingMatch.DEFAULT);
        assertThat(mapping.getPattern()).isEqualTo("/");
        assertThat(mapping.getMatchValue()).isEmpty();
        assertThat(mapping.getServletName()).isEqualTo("keys");
    }

    @Test
    void what_was_found_otherwise_is_left_as_it_is() throws Exception {
        assertThat(seen("/app/odd;x=y/1", MappingMatch.EXACT)).isSameAs(request);
    }
}
