package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.servlet.FilterSettings;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.ServletWebRequest;

/** What controllers get for their parameters. */
class ArgumentResolversTest {

    private static final Caller CALLER = Caller.of(CredentialKind.JWT, "ann", List.of(), Map.of());

    private final CallerArgumentResolver callers = new CallerArgumentResolver();
    private final AuthenticationArgumentResolver authentications = new AuthenticationArgumentResolver();
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/coded/x");

    /** The parameters, by their number. */
    @SuppressWarnings("unused") // by reflection
    static void parameters(
            Caller caller,
            @Nullable Caller nullable,
            Optional<Caller> optional,
            @AuthenticationPrincipal Caller annotated,
            String text,
            Authentication authentication,
            CallerAuthentication ours,
            @CurrentSecurityContext Authentication context,
            Principal principal,
            TestingAuthenticationToken token) {}

    private static MethodParameter parameter(int number) {
        for (var method : ArgumentResolversTest.class.getDeclaredMethods()) {
            if (method.getName().equals("parameters")) {
                return new MethodParameter(method, number);
            }
        }
        throw new IllegalStateException();
    }

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void callers_are_told_by_the_type_alone() {
        assertThat(List.of(0, 1, 2, 3, 4, 5))
                .filteredOn(number -> callers.supportsParameter(parameter(number)))
                .containsExactly(0, 1, 2);
    }

    @Test
    void a_caller_is_given_or_its_absence() {
        assertThatThrownBy(() -> caller(0)).isInstanceOf(NotSignedInException.class);
        assertThat(caller(1)).isNull();
        assertThat(caller(2)).isEqualTo(Optional.empty());
        request.setAttribute(AuthenticationFilter.CALLER_ATTRIBUTE, CALLER);
        assertThat(caller(0)).isSameAs(CALLER);
        assertThat(caller(1)).isSameAs(CALLER);
        assertThat(caller(2)).isEqualTo(Optional.of(CALLER));
    }

    private @Nullable Object caller(int number) {
        return callers.resolveArgument(parameter(number), null, new ServletWebRequest(request), null);
    }

    /** One that no parameter of another mechanism is meant by. */
    @Test
    void authentications_are_ours_where_nothing_else_is_asked_for() {
        assertThat(List.of(4, 5, 6, 7, 8, 9))
                .filteredOn(number -> authentications.supportsParameter(parameter(number)))
                .containsExactly(5, 6);
    }

    @Test
    void an_authentication_is_that_of_the_context_or_the_principal_of_the_request() {
        Authentication other = new TestingAuthenticationToken("bob", "x");
        request.setUserPrincipal(other);
        assertThat(authentication()).isSameAs(other);
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("eve", "x"));
        assertThat(authentication()).isSameAs(other);
        Authentication ours = CallerAuthentication.of(CALLER);
        SecurityContextHolder.getContext().setAuthentication(ours);
        assertThat(authentication()).isSameAs(ours);
    }

    private @Nullable Object authentication() {
        return authentications.resolveArgument(parameter(5), null, new ServletWebRequest(request), null);
    }

    @Test
    void a_caller_that_is_not_there_is_asked_for_in_our_words() throws Exception {
        NotSignedInResolver resolver = new NotSignedInResolver(FilterSettings.builder()
                .errorFormatOn(ErrorFormat.CODED, "/coded/**")
                .build());
        MockHttpServletResponse response = new MockHttpServletResponse();

        assertThat(resolver.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
        assertThat(resolver.resolveException(request, response, null, new IllegalStateException("the application's")))
                .isNull();
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(resolver.resolveException(request, response, null, new NotSignedInException()))
                .isNotNull()
                .satisfies(view -> assertThat(view.isEmpty()).isTrue());
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getContentAsString()).startsWith("{\"code\": 1000, ");
    }
}
