package dev.portcullis.auth.spring.test;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.spring.CallerAuthentication;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/** Makes the security context that {@link WithCaller} describes. */
final class WithCallerFactory implements WithSecurityContextFactory<WithCaller> {

    @Override
    public SecurityContext createSecurityContext(WithCaller described) {
        Caller caller = Caller.of(described.kind(), described.subject(), List.of(described.permissions()), Map.of());
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(CallerAuthentication.of(caller));
        return context;
    }
}
