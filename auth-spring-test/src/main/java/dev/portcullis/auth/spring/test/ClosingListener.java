package dev.portcullis.auth.spring.test;

import dev.portcullis.auth.testkit.TokenIssuer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** Stops an issuer with the application context that it was started for. */
record ClosingListener(ApplicationContext context, TokenIssuer issuer)
        implements ApplicationListener<ContextClosedEvent> {

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext().equals(context)) {
            issuer.close();
        }
    }
}
