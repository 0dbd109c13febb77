package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.servlet.FilterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.method.HandlerMethod;

/** What {@link RequiresPermission} says is enforced on the handler that is about to run. */
class PermissionInterceptorTest {

    private final List<AuthEvent> told = new ArrayList<>();
    private final PermissionInterceptor interceptor = new PermissionInterceptor(
            new MethodRequirements(),
            FilterSettings.builder()
                    .listener(told::add)
                    .errorFormatOn(ErrorFormat.CODED, "/coded/**")
                    .build());
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/x");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    /** What handles. */
    static class Handlers {

        @RequiresPermission("a")
        public void first() {}

        @RequiresPermission("b")
        public void second() {}

        public void open() {}
    }

    private static HandlerMethod handler(String name) throws NoSuchMethodException {
        return new HandlerMethod(new Handlers(), name);
    }

    private void callerHolds(String... permissions) {
        Caller caller = Caller.of(CredentialKind.JWT, "user_1", List.of(permissions), Map.of());
        request.setAttribute(AuthenticationFilter.CALLER_ATTRIBUTE, caller);
    }

    @Test
    void who_holds_it_goes_on_and_the_listener_is_told() throws Exception {
        callerHolds("a", "c");

        assertThat(interceptor.preHandle(request, response, handler("first"))).isTrue();
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(told)
                .extracting(AuthEvent::type, AuthEvent::subject)
                .containsExactly(tuple(AuthEvent.Type.PERMITTED, "user_1"));
    }

    @Test
    void who_lacks_it_is_refused_with_its_name() throws Exception {
        callerHolds("c");

        assertThat(interceptor.preHandle(request, response, handler("first"))).isFalse();
        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getContentAsString())
                .isEqualTo("{\"detail\":\"Token is missing one or more required permissions.\"}");
        assertThat(response.getHeader("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"a\"");
        assertThat(told)
                .extracting(AuthEvent::type, AuthEvent::reason)
                .containsExactly(tuple(AuthEvent.Type.DENIED, Reason.MISSING_PERMISSION));
    }

    @Test
    void nobody_is_asked_for_a_credential_in_the_format_of_the_path() throws Exception {
        request.setRequestURI("/coded/x");

        assertThat(interceptor.preHandle(request, response, handler("first"))).isFalse();
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getContentAsString()).startsWith("{\"code\": 1000, ");
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
    }

    /** A request that comes back with its answer is let pass; where it is forwarded to is another handler. */
    @Test
    void each_handler_judges_a_request_once() throws Exception {
        callerHolds("a");

        assertThat(interceptor.preHandle(request, response, handler("first"))).isTrue();
        assertThat(interceptor.preHandle(request, response, handler("first"))).isTrue();
        assertThat(told).hasSize(1);
        assertThat(interceptor.preHandle(request, response, handler("second"))).isFalse();
        assertThat(told).hasSize(2);
    }

    @Test
    void where_nothing_is_required_nobody_is_judged() throws Exception {
        assertThat(interceptor.preHandle(request, response, handler("open"))).isTrue();
        assertThat(told).isEmpty();
    }

    /** Handles by itself. */
    @RequiresPermission("a")
    static class Raw implements HttpRequestHandler {

        @Override
        public void handleRequest(
                jakarta.servlet.http.HttpServletRequest request, jakarta.servlet.http.HttpServletResponse response) {}
    }

    @Test
    void a_handler_that_is_no_method_requires_what_its_class_says() throws Exception {
        Raw raw = new Raw();
        assertThat(interceptor.preHandle(request, response, raw)).isFalse();
        callerHolds("a");
        assertThat(interceptor.preHandle(request, response, raw)).isTrue();
        assertThat(interceptor.preHandle(request, response, raw)).isTrue();
        assertThat(told).hasSize(2);
    }
}
