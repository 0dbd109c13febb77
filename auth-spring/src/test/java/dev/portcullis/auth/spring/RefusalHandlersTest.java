package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.servlet.FilterSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** What Spring Security has refused is told in our words. */
class RefusalHandlersTest {

    private static final String NOT_SIGNED_IN = "{\"detail\":\"Authentication credentials were not provided.\"}";
    private static final String NOT_OPEN = "{\"detail\":\"You do not have permission to perform this action.\"}";
    private static final String MISSING = "{\"detail\":\"Token is missing one or more required permissions.\"}";
    private static final String KIND = "{\"detail\":\"This endpoint does not accept this kind of credential.\"}";

    private final RefusalHandlers handlers = new RefusalHandlers(FilterSettings.builder()
            .errorFormatOn(ErrorFormat.CODED, "/coded/**")
            .build());
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/x");
    private MockHttpServletResponse response = new MockHttpServletResponse();

    private static AccessDeniedException refused(Reason reason, String... required) {
        return new AuthorizationDeniedException(
                "refused", new RuleRefusal(new Decision.Refused(reason, Set.of(required))));
    }

    private static AccessDeniedException lacking(Collection<GrantedAuthority> authorities) {
        return new AuthorizationDeniedException("denied", new AuthorityAuthorizationDecision(false, authorities));
    }

    private void assertAnswer(int status, String body, @Nullable String challenge) throws Exception {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentAsString()).isEqualTo(body);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo(challenge);
        response = new MockHttpServletResponse();
    }

    @Test
    void who_is_not_signed_in_is_asked_for_a_credential() throws Exception {
        for (AuthenticationException problem : List.of(
                new AuthenticationCredentialsNotFoundException("none"),
                new InsufficientAuthenticationException("anonymous", new AccessDeniedException("denied")))) {
            handlers.commence(request, response, problem);
            assertAnswer(401, NOT_SIGNED_IN, "Bearer");
        }
    }

    @Test
    void what_our_rules_have_refused_somebody_unknown_is_told_as_they_say() throws Exception {
        handlers.commence(
                request,
                response,
                new InsufficientAuthenticationException("anonymous", refused(Reason.CREDENTIAL_KIND_NOT_ACCEPTED)));
        assertAnswer(403, KIND, null);
        handlers.commence(
                request,
                response,
                new AuthenticationCredentialsNotFoundException("none", refused(Reason.NO_CREDENTIALS)));
        assertAnswer(401, NOT_SIGNED_IN, "Bearer");
    }

    @Test
    void other_exceptions_are_the_applications_own() {
        for (AuthenticationException problem : List.of(
                new BadCredentialsException("wrong password"),
                new BadCredentialsException("wrong password", new AccessDeniedException("denied")),
                new InsufficientAuthenticationException("a second factor"),
                new InsufficientAuthenticationException("a second factor", new IllegalStateException()))) {
            assertThatThrownBy(() -> handlers.commence(request, response, problem))
                    .isSameAs(problem);
        }
        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void who_may_not_go_on_is_told_what_is_missing_where_that_is_known() throws Exception {
        handlers.handle(request, response, refused(Reason.MISSING_PERMISSION, "a"));
        assertAnswer(403, MISSING, "Bearer error=\"insufficient_scope\", scope=\"a\"");
        handlers.handle(request, response, refused(Reason.CREDENTIAL_KIND_NOT_ACCEPTED));
        assertAnswer(403, KIND, null);
        handlers.handle(request, response, lacking(AuthorityUtils.createAuthorityList("b", "c", "a")));
        assertAnswer(403, MISSING, "Bearer error=\"insufficient_scope\", scope=\"a b c\"");
    }

    @Test
    void what_else_is_denied_has_no_challenge() throws Exception {
        List<GrantedAuthority> unnamed = new ArrayList<>();
        unnamed.add(() -> null);
        for (AccessDeniedException denial : List.of(
                new AccessDeniedException("denied"),
                new AuthorizationDeniedException("denied", new AuthorizationDecision(false)),
                lacking(List.of()),
                lacking(unnamed),
                lacking(AuthorityUtils.createAuthorityList("no permission")))) {
            handlers.handle(request, response, denial);
            assertAnswer(403, NOT_OPEN, null);
        }
    }

    @Test
    void the_path_has_its_own_format() throws Exception {
        request.setRequestURI("/coded/x");
        handlers.handle(request, response, new AccessDeniedException("denied"));
        assertThat(response.getContentAsString()).startsWith("{\"code\": 1001, ");
        response = new MockHttpServletResponse();
        handlers.commence(request, response, new AuthenticationCredentialsNotFoundException("none"));
        assertThat(response.getContentAsString()).startsWith("{\"code\": 1000, ");
    }
}
