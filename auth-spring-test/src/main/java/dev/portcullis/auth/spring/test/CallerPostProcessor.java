package dev.portcullis.auth.spring.test;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Has a request of MockMvc come from a caller, with Spring Security and without:
 *
 * <pre>{@code
 * mvc.perform(get("/api/v1/leagues/1").with(caller("user_1", "catalog:read"))).andExpect(status().isOk());
 * }</pre>
 *
 * <p>The request goes the whole way of a real one, filters and rules included; only the credential is not a real one. For
 * a MockMvc without an application context, which has no filters, the caller is put on the request. Immutable.
 */
public final class CallerPostProcessor implements RequestPostProcessor {

    private final CredentialKind kind;
    private final @Nullable String subject;
    private final List<String> permissions;
    private final Map<String, Object> attributes;

    private CallerPostProcessor(
            CredentialKind kind, @Nullable String subject, List<String> permissions, Map<String, Object> attributes) {
        this.kind = kind;
        this.subject = subject;
        this.permissions = permissions;
        this.attributes = attributes;
    }

    /**
     * A caller with a JWT.
     *
     * @param subject the account, or null for a token without one
     * @param permissions exact permission strings
     * @return what goes into {@code with(…)}
     */
    public static CallerPostProcessor caller(@Nullable String subject, String... permissions) {
        return new CallerPostProcessor(CredentialKind.JWT, subject, List.of(permissions), Map.of());
    }

    /**
     * The same caller with another kind of credential.
     *
     * @param other the kind
     * @return what goes into {@code with(…)}
     */
    public CallerPostProcessor kind(CredentialKind other) {
        return new CallerPostProcessor(other, subject, permissions, attributes);
    }

    /**
     * The same caller with one attribute more, such as a claim of a token.
     *
     * @param name the attribute's name
     * @param value its value, which must not change
     * @return what goes into {@code with(…)}
     */
    public CallerPostProcessor attribute(String name, Object value) {
        Map<String, Object> more = new HashMap<>(attributes);
        more.put(name, value);
        return new CallerPostProcessor(kind, subject, permissions, more);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the application context was not made by Spring's test framework
     */
    @Override
    public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
        Caller caller = Caller.of(kind, subject, permissions, attributes);
        WebApplicationContext context =
                WebApplicationContextUtils.findWebApplicationContext(request.getServletContext());
        if (!(context instanceof ConfigurableApplicationContext)) {
            request.setAttribute(AuthenticationFilter.CALLER_ATTRIBUTE, caller);
            request.setUserPrincipal(caller);
            return request;
        }
        TestCallers callers = context.getBeanProvider(TestCallers.class).getIfAvailable();
        if (callers == null) {
            throw new IllegalStateException("caller(…) needs an application context that Spring's test framework has"
                    + " made, as @SpringBootTest and @WebMvcTest do; for others send a token of a TokenIssuer");
        }
        request.addHeader(TestCallers.HEADER, callers.add(caller));
        return request;
    }
}
