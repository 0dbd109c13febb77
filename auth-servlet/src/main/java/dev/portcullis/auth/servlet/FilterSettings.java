package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.ExpiryWarning;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link AuthenticationFilter} and {@link PermissionFilter} have in common: how they answer, and whom they tell. */
public final class FilterSettings {

    private final Refusals refusals;
    private final List<PathRefusals> byPath;
    private final @Nullable AuthListener listener;
    private final @Nullable ExpiryWarning warning;
    private final boolean preflightPasses;

    private FilterSettings(Refusals refusals, List<PathRefusals> byPath, Builder settings) {
        this.refusals = refusals;
        this.byPath = byPath;
        this.listener = settings.listener;
        this.warning = settings.warning;
        this.preflightPasses = settings.preflightPasses;
    }

    /**
     * Begins the settings.
     *
     * @return a builder with every setting at its default
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * What writes the answers.
     *
     * @return the refusals in the format of all paths that have none of their own
     */
    public Refusals refusals() {
        return refusals;
    }

    /**
     * What writes the answers to a request.
     *
     * @param request the request
     * @return the refusals in the format of its path
     */
    public Refusals refusalsFor(HttpServletRequest request) {
        return byPath.isEmpty() ? refusals : refusalsAt(RequestTarget.path(request));
    }

    private Refusals refusalsAt(@Nullable String path) {
        for (PathRefusals some : byPath) {
            if (some.areFor(path)) {
                return some.refusals();
            }
        }
        return refusals;
    }

    /**
     * What the client of a socket is told when that is closed: the reason's detail, or, where bodies are
     * {@linkplain ErrorFormat#OPAQUE opaque}, their one sentence.
     *
     * @param path the path of the socket
     * @param reason why it is closed
     * @return ASCII of fewer than 123 bytes, which a close frame has room for (RFC 6455 section 5.5)
     */
    public String closingWords(@Nullable String path, Reason reason) {
        return refusalsAt(path).words(reason);
    }

    /** The refusals of some paths. */
    private record PathRefusals(PermissionRules paths, Refusals refusals) {

        static PathRefusals of(ErrorFormat format, List<String> patterns, @Nullable String realm) {
            PermissionRules.Builder paths = PermissionRules.builder();
            patterns.forEach(pattern -> paths.rule("*", pattern, Requirement.anyone()));
            try {
                return new PathRefusals(paths.build(), new Refusals(format, realm));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("errorFormat(" + format + ", …): " + e.getMessage(), e);
            }
        }

        boolean areFor(@Nullable String path) {
            return path != null && paths.decide(null, "GET", path) instanceof Decision.Permitted;
        }
    }

    /**
     * Tells the listener of a decision that was made beside the filters. Nothing happens if there is none.
     *
     * @param event what was decided
     */
    public void tell(AuthEvent event) {
        if (listener != null) {
            AuthEvent.tell(listener, event);
        }
    }

    @Nullable
    AuthListener listener() {
        return listener;
    }

    /** Tells a caller when its key will stop working, if that is soon. */
    void warn(@Nullable Caller caller, HttpServletResponse response) {
        String expiry = warning == null ? null : warning.headerFor(caller);
        if (expiry != null) {
            response.setHeader(ExpiryWarning.HEADER, expiry);
        }
    }

    AuthenticationMethod observed(AuthenticationMethod method) {
        return listener == null ? method : method.observedBy(listener);
    }

    boolean passesAsPreflight(HttpServletRequest request) {
        return preflightPasses && RequestTarget.isPreflight(request);
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private final Map<ErrorFormat, List<String>> formatsByPath = new LinkedHashMap<>();
        private ErrorFormat errorFormat = ErrorFormat.DETAIL;
        private @Nullable String realm;
        private @Nullable AuthListener listener;
        private @Nullable ExpiryWarning warning;
        private boolean preflightPasses;

        private Builder() {}

        /**
         * How the bodies of refusals are written. {@link ErrorFormat#DETAIL} unless set.
         *
         * @param format the format
         * @return this builder
         */
        public Builder errorFormat(ErrorFormat format) {
            this.errorFormat = format;
            return this;
        }

        /**
         * How the bodies of refusals are written on some paths. Where a path is named for two formats, the one that was
         * named first counts.
         *
         * @param format the format
         * @param patterns the paths, as in {@link PermissionRules}, such as {@code /full/**}
         * @return this builder
         */
        public Builder errorFormatOn(ErrorFormat format, String... patterns) {
            formatsByPath.computeIfAbsent(format, any -> new ArrayList<>()).addAll(List.of(patterns));
            return this;
        }

        /**
         * The {@code realm} of the challenge to a request without a credential (RFC 9110 section 11.5). None unless set.
         *
         * @param name printable ASCII without quotes and backslashes
         * @return this builder
         */
        public Builder realm(String name) {
            this.realm = name;
            return this;
        }

        /**
         * Who is told of every outcome and every decision. Nobody unless set.
         *
         * @param told the listener
         * @return this builder
         */
        public Builder listener(AuthListener told) {
            this.listener = told;
            return this;
        }

        /**
         * Warns clients ahead that their key stops working, in {@value ExpiryWarning#HEADER} of responses. Nobody is warned
         * unless set.
         *
         * @param given from when on
         * @return this builder
         */
        public Builder expiryWarning(ExpiryWarning given) {
            this.warning = given;
            return this;
        }

        /**
         * Lets CORS preflight requests ({@code OPTIONS} with {@code Origin} and {@code Access-Control-Request-Method})
         * go on without a caller, whatever the rules say of their path; a credential on one is not looked at. Unless
         * set, they are judged like any other request.
         *
         * @return this builder
         */
        public Builder letPreflightPass() {
            this.preflightPasses = true;
            return this;
        }

        /**
         * The settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if one is wrong; it names the setting and the remedy
         */
        public FilterSettings build() {
            List<PathRefusals> byPath = formatsByPath.entrySet().stream()
                    .map(entry -> PathRefusals.of(entry.getKey(), entry.getValue(), realm))
                    .toList();
            return new FilterSettings(new Refusals(errorFormat, realm), byPath, this);
        }
    }
}
