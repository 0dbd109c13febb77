package dev.portcullis.auth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requirement each route has: HTTP method and path → {@link Requirement}. A route that no rule names is open to
 * nobody. Immutable, safe for many threads, and a decision allocates nothing.
 *
 * <p><b>Patterns.</b> A pattern is made of literal segments, variables that stand for one segment ({@code {id}}), and
 * at its end perhaps {@code /**}, which stands for any number of further segments, also for none: {@code /a/**} matches
 * {@code /a} and {@code /a/b/c}. Literals are ASCII and written decoded. A trailing slash makes no difference, neither in
 * a pattern nor in a request. {@code HEAD} counts as {@code GET}.
 *
 * <p><b>Which rule counts.</b> Of the rules that match a request, the one with the most literal segments. Nothing else
 * makes a rule more exact: two rules with as many literal segments that could match one request are refused when the
 * rules are built, also {@code /a} beside {@code /a/**}, {@code /a/{id}} beside {@code /a/**}, and {@code GET} beside
 * {@code *}. For what is left over, there is {@link Builder#unnamedRoutes}.
 *
 * <p><b>What the rules see is what the application serves.</b> Percent-encoding is undone segment by segment. A path
 * that could be read in two ways is open to nobody, whatever the rules say:
 *
 * <ul>
 *   <li>dot segments and empty segments, plain or encoded; more than one slash at the end;
 *   <li>an encoded slash, percent sign or semicolon; a backslash or control character, plain or encoded;
 *   <li>path parameters ({@code ;x=y});
 *   <li>characters that RFC 3986 section 3.3 does not allow in a path, broken escapes, escapes that are not UTF-8;
 *   <li>a path that does not begin with {@code /}, or is longer than 8,192 characters.
 * </ul>
 *
 * <p>Case matters, in paths and in methods (RFC 9110 section 9.1). But a path that leads to another rule, or to none,
 * only by its case is open to nobody too, for a router that ignores case would serve it as the route it resembles;
 * {@link Builder#distinguishCase} lifts that. A method that is not upper-case is open to nobody.
 */
public final class PermissionRules {

    private final String[] methods;
    private final RouteTree[] trees;
    private final RouteTree otherMethods;
    private final Gate unnamed;
    private final boolean ignoreCase;
    private final ResourceRules resources;

    private PermissionRules(List<Route> routes, Gate unnamed, boolean ignoreCase, ResourceRules resources) {
        Map<String, RouteTree> byMethod = new LinkedHashMap<>();
        for (String method : named(routes)) {
            byMethod.put(method, tree(method, routes, ignoreCase));
        }
        this.methods = byMethod.keySet().toArray(String[]::new);
        this.trees = byMethod.values().toArray(RouteTree[]::new);
        this.otherMethods = tree("", routes, ignoreCase);
        this.unnamed = unnamed;
        this.ignoreCase = ignoreCase;
        this.resources = resources;
    }

    private static Set<String> named(List<Route> routes) {
        Set<String> methods = new LinkedHashSet<>(List.of(Route.GET, Route.HEAD));
        routes.forEach(route -> methods.addAll(route.methods()));
        return methods;
    }

    private static RouteTree tree(String method, List<Route> routes, boolean ignoreCase) {
        String counts = method.equals(Route.HEAD) ? Route.GET : method;
        return new RouteTree(
                routes.stream().filter(route -> route.isFor(counts)).toList(), ignoreCase);
    }

    /**
     * Begins a set of rules.
     *
     * @return a builder without rules
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Decides whether a caller may go on: everybody may where the rule says so, on the hosts that it names; otherwise it
     * is looked at first whether anybody is signed in, then whether the route is closed to all, then the host, the kind of
     * credential, and the permissions; last, of a caller, the application's own resource rules.
     *
     * @param caller the caller, or null if nobody is signed in
     * @param request what is asked for; nobody may go on if it has no path
     * @return the decision
     */
    public Decision decide(@Nullable Caller caller, AuthRequest request) {
        RouteTree tree = tree(request.method());
        String path = isShut(tree) ? null : request.path();
        Gate gate = path == null ? Gate.CLOSED : gate(tree, path);
        Decision decision = gate.decide(caller, gate.asksForHost() ? request.host() : null);
        return caller != null && decision instanceof Decision.Permitted ? resources.decide(caller, request) : decision;
    }

    /**
     * The same for a request of which nothing else is known: it is for no host, and has no headers.
     *
     * @param caller the caller, or null if nobody is signed in
     * @param method the request method as sent
     * @param path the path as sent, still encoded, without the query and without the application's context path
     * @return the decision
     */
    public Decision decide(@Nullable Caller caller, String method, String path) {
        Decision decision = gate(tree(method), path).decide(caller, null);
        return caller != null && resources.areThere() && decision instanceof Decision.Permitted
                ? resources.decide(caller, new BareRequest(method, path))
                : decision;
    }

    /**
     * The refusal with one of the application's own messages, for handlers that must look at more than a request's head to
     * know what it is about.
     *
     * @param message a message of {@link Builder#refuseWhen} or {@link Builder#message}, exactly
     * @return the refusal, to be answered like that of a rule
     * @throws IllegalArgumentException if the rules were built without this message
     */
    public Decision.Refused refusal(String message) {
        Decision.Refused refusal = resources.refusalWith(message);
        if (refusal == null) {
            throw new IllegalArgumentException("No such message: name it with message(…) when the rules are built");
        }
        return refusal;
    }

    /**
     * What a route requires, apart from the kinds of credential it accepts.
     *
     * @param method the request method as sent
     * @param path the path as sent, still encoded, without the query and without the application's context path
     * @return the requirement; {@link Requirement.Nobody} if the request can be read in two ways
     */
    public Requirement requirementFor(String method, String path) {
        return gate(tree(method), path).requirement();
    }

    private Gate gate(@Nullable RouteTree tree, String path) {
        if (tree == null) {
            return Gate.CLOSED;
        }
        Gate gate = uncut(tree, path);
        int cut = RequestPath.cut(path);
        return cut < 0 || gate.equals(uncut(tree, path.substring(0, cut))) ? gate : Gate.CLOSED;
    }

    private Gate uncut(RouteTree tree, String path) {
        if (!RequestPath.isSound(path)) {
            return Gate.CLOSED;
        }
        Route route = tree.find(path);
        if (route == null) {
            return unnamed;
        }
        return ignoreCase && !route.pattern().matchesCaseOf(path) ? Gate.CLOSED : route.gate();
    }

    /** Whether no path is open, whichever it is: rules that make an exception of one route are shut for most methods. */
    private boolean isShut(@Nullable RouteTree tree) {
        return tree == null || (tree.isEmpty() && unnamed.requirement() instanceof Requirement.Nobody);
    }

    private @Nullable RouteTree tree(String method) {
        for (int i = 0; i < methods.length; i++) {
            if (methods[i].equals(method)) {
                return trees[i];
            }
        }
        return Route.isMethod(method) ? otherMethods : null;
    }

    /** Collects rules. The order in which they are named makes no difference. */
    public static final class Builder {

        private final List<Rule> rules = new ArrayList<>();
        private final Map<String, @Nullable ResourceRule> resourceRules = new LinkedHashMap<>();
        private boolean otherHostsServeAll;
        private Requirement unnamed = Requirement.nobody();
        private boolean ignoreCase = true;

        private Builder() {}

        /**
         * Names what a route requires.
         *
         * @param methods a method, several with commas between ({@code "POST, PUT"}), or {@code "*"} for every method
         * @param pattern the path, such as <code>/api/v1/leagues/{id}</code>
         * @param requirement what is needed to go on
         * @param accepted the kinds of credential that the route accepts; every kind, if none is named
         * @return this builder
         */
        public Builder rule(String methods, String pattern, Requirement requirement, CredentialKind... accepted) {
            return ruleOn(List.of(), methods, pattern, requirement, accepted);
        }

        /**
         * Names what a route requires, and the hosts on which it is served. On any other host it is open to nobody: 403, or
         * 401 without a credential if it needs one.
         *
         * @param hosts names or addresses, without port, such as {@code trades.example.com}; every host, if there are none
         * @param methods a method, several with commas between, or {@code "*"} for every method
         * @param pattern the path
         * @param requirement what is needed to go on
         * @param accepted the kinds of credential that the route accepts; every kind, if none is named
         * @return this builder
         */
        public Builder ruleOn(
                Collection<String> hosts,
                String methods,
                String pattern,
                Requirement requirement,
                CredentialKind... accepted) {
            rules.add(new Rule(List.copyOf(hosts), methods, pattern, requirement, List.of(accepted)));
            return this;
        }

        /**
         * Serves all routes on hosts that no rule names, as is useful while developing: the names then say what only some
         * hosts serve, not who serves what.
         *
         * @return this builder
         */
        public Builder otherHostsServeAll() {
            this.otherHostsServeAll = true;
            return this;
        }

        /**
         * Adds a rule of the application's own about a resource, which is asked in the order of adding, after all else.
         *
         * @param message what the client is told if the rule refuses: one sentence of at most 200 characters, printable
         *     ASCII without quotes and backslashes, unlike that of any {@link Reason}
         * @param rule whether to refuse
         * @return this builder
         * @throws IllegalArgumentException if the message was named before
         */
        public Builder refuseWhen(String message, ResourceRule rule) {
            return add(message, rule);
        }

        /**
         * Names a message for handlers that refuse by themselves: see {@link PermissionRules#refusal}.
         *
         * @param message as for {@link #refuseWhen}
         * @return this builder
         * @throws IllegalArgumentException if the message was named before
         */
        public Builder message(String message) {
            return add(message, null);
        }

        private Builder add(String message, @Nullable ResourceRule rule) {
            if (resourceRules.containsKey(message)) {
                throw new IllegalArgumentException("The message '" + message + "' is named twice");
            }
            resourceRules.put(message, rule);
            return this;
        }

        /**
         * What routes require that no rule names: nobody may go on, unless this says otherwise.
         *
         * @param requirement what is needed to go on
         * @return this builder
         */
        public Builder unnamedRoutes(Requirement requirement) {
            this.unnamed = requirement;
            return this;
        }

        /**
         * Takes paths that differ in letter case for different paths, as only an application does whose router never
         * ignores case. Two rules may then differ by case alone, and {@code /Admin} is no longer kept shut because of a
         * rule for {@code /admin}.
         *
         * @return this builder
         */
        public Builder distinguishCase() {
            this.ignoreCase = false;
            return this;
        }

        /**
         * Checks the rules, and makes them ready for use.
         *
         * @return the rules
         * @throws IllegalArgumentException if a rule cannot be read or contradicts itself, or two could match one
         *     request equally well; says which, and what to do
         */
        public PermissionRules build() {
            Set<String> named = new LinkedHashSet<>();
            rules.forEach(rule -> named.addAll(rule.names()));
            if (otherHostsServeAll && named.isEmpty()) {
                throw new IllegalArgumentException("otherHostsServeAll() does nothing, for no rule names a host");
            }
            List<Route> routes = rules.stream()
                    .map(rule -> rule.route(otherHostsServeAll ? named : null))
                    .toList();
            for (int i = 0; i < routes.size(); i++) {
                for (int j = 0; j < i; j++) {
                    refuseTie(routes.get(j), routes.get(i));
                }
            }
            Gate otherwise = new Gate(unnamed, List.of(), ServedHosts.ALL);
            return new PermissionRules(routes, otherwise, ignoreCase, ResourceRules.of(resourceRules));
        }

        private void refuseTie(Route one, Route other) {
            if (!one.tiesWith(other, ignoreCase)) {
                return;
            }
            String remedy = one.tiesWith(other, false)
                    ? "Remove one, or give one more literal segments; for what is left over, use unnamedRoutes"
                    : "They differ by letter case: remove one, or, if the router never ignores case, distinguishCase()";
            throw new IllegalArgumentException("The rules '" + one.name() + "' and '" + other.name()
                    + "' could match one request equally well, such as " + one.exampleWith(other) + ". " + remedy);
        }
    }
}
