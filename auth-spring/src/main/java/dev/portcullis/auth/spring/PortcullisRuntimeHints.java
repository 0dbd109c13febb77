package dev.portcullis.auth.spring;

import dev.portcullis.auth.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image must keep for expressions such as {@code @PreAuthorize("principal.subject() == #account")}, which
 * ask callers by reflection, and what the key endpoints and the page serve. Everything else is found by Spring itself.
 */
final class PortcullisRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources().registerPattern("dev/portcullis/auth/servlet/keys/**");
        hints.resources().registerPattern("portcullis-schema/**");
        hints.reflection().registerType(Caller.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        hints.reflection()
                .registerTypeIfPresent(
                        loader,
                        "org.springframework.security.core.Authentication",
                        hint -> hints.reflection()
                                .registerType(CallerAuthentication.class, MemberCategory.INVOKE_PUBLIC_METHODS));
        hints.reflection().registerType(RequiresPermission.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        hints.reflection().registerType(RequiresPermission.List.class, MemberCategory.INVOKE_PUBLIC_METHODS);
    }
}
