package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** What a chain of Spring Security sees of a caller. */
class CallerFilterTest {

    private static final Caller CALLER = Caller.of(CredentialKind.JWT, "ann", List.of(), Map.of());

    private final List<String> judged = new ArrayList<>();
    private final AuthenticationFilter authentication =
            AuthenticationFilter.builder(this::judge).build();
    private final CallerFilter filter =
            new CallerFilter(authentication, SecurityContextHolder.getContextHolderStrategy());
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/x");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private @Nullable HttpServletRequest seen;
    private @Nullable Authentication context;

    private Outcome judge(AuthRequest asked) {
        List<String> values = asked.headers("authorization");
        judged.addAll(values);
        if (values.isEmpty()) {
            return Outcome.notApplicable();
        }
        return values.get(0).equals("good")
                ? Outcome.authenticated(CALLER)
                : Outcome.rejected(Reason.MALFORMED_TOKEN, CredentialKind.JWT);
    }

    private HttpServletRequest pass(HttpServletRequest asked) throws Exception {
        filter.doFilter(asked, response, (last, answer) -> {
            seen = (HttpServletRequest) last;
            context = SecurityContextHolder.getContext().getAuthentication();
        });
        return Objects.requireNonNull(seen, "nothing goes on");
    }

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void the_caller_is_in_the_context_and_kept_for_other_dispatches_of_the_request() throws Exception {
        request.addHeader("Authorization", "good");

        assertThat(pass(request).getUserPrincipal()).isSameAs(CALLER);
        assertThat(context).isEqualTo(CallerAuthentication.of(CALLER));
        assertThat(new RequestAttributeSecurityContextRepository()
                        .loadDeferredContext(request)
                        .get()
                        .getAuthentication())
                .isEqualTo(CallerAuthentication.of(CALLER));
    }

    @Test
    void a_bad_credential_ends_here() throws Exception {
        request.addHeader("Authorization", "bad");

        filter.doFilter(request, response, (last, answer) -> seen = request);
        assertThat(seen).isNull();
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
    }

    @Test
    void without_a_credential_there_is_nobody() throws Exception {
        request.setUserPrincipal(() -> "the container's own");

        assertThat(pass(request).getUserPrincipal()).isNull();
        assertThat(context).isNull();
    }

    @Test
    void whoever_another_mechanism_has_signed_in_stays_so() throws Exception {
        Authentication other = new TestingAuthenticationToken("bob", "x");
        SecurityContextHolder.getContext().setAuthentication(other);
        request.setUserPrincipal(other);

        assertThat(pass(request).getUserPrincipal()).isSameAs(other);
        assertThat(context).isSameAs(other);
        assertThat(AuthenticationFilter.callerOf(request)).isNull();
    }

    /** As tests of applications sign callers in. */
    @Test
    void a_caller_that_is_in_the_context_already_is_that_of_the_request() throws Exception {
        SecurityContextHolder.getContext().setAuthentication(CallerAuthentication.of(CALLER));

        assertThat(pass(request).getUserPrincipal()).isSameAs(CALLER);
        assertThat(AuthenticationFilter.callerOf(request)).isSameAs(CALLER);
    }

    /** The methods have words of their own for such a value; for the application the firewall stays in force. */
    @Test
    void a_value_that_the_firewall_takes_offence_at_is_judged_all_the_same() throws Exception {
        request.addHeader("Authorization", "good");
        request.addHeader("X-Odd", "a\u0000b");
        HttpServletRequest walled = new StrictHttpFirewall().getFirewalledRequest(request);
        HeadersAsSent sent = new HeadersAsSent(new HttpServletRequestWrapper(walled));

        assertThat(sent.getHeaders("X-Odd").nextElement()).isEqualTo("a\u0000b");
        assertThat(sent.getHeaders("Authorization").nextElement()).isEqualTo("good");
        sent.judged();
        assertThatThrownBy(() -> sent.getHeaders("X-Odd").nextElement()).isInstanceOf(RequestRejectedException.class);
        assertThatThrownBy(() -> pass(walled).getHeaders("X-Odd").nextElement())
                .isInstanceOf(RequestRejectedException.class);
        assertThat(judged).containsExactly("good");
    }

    @Test
    void what_something_else_than_the_firewall_rejects_stays_so() {
        HeadersAsSent sent = new HeadersAsSent(new HttpServletRequestWrapper(request) {
            @Override
            public Enumeration<String> getHeaders(String name) {
                throw new RequestRejectedException("the application's own");
            }
        });

        assertThatThrownBy(() -> sent.getHeaders("X-Odd")).hasMessage("the application's own");
    }
}
