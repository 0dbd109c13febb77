package dev.portcullis.auth.blackbox;

import java.util.Map;
import org.springframework.context.support.GenericApplicationContext;

/** What makes a Boot application the same as an {@link App}. */
interface BootApp {

    /** Its properties; the caller can add to them. */
    Map<String, Object> properties();

    /** Registers its beans. */
    void register(GenericApplicationContext context);
}
