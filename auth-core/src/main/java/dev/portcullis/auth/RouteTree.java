package dev.portcullis.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one method as a tree of segments. As it is a tree, and a segment's place in the path is its depth, no
 * path makes a search visit a node twice: the work is bounded by the number of nodes, whatever is sent.
 */
final class RouteTree {

    private final boolean fold;

    /** The rule whose pattern ends here. There is one at most: {@code /a} and {@code /a/**} would tie. */
    private final @Nullable Route end;

    /** The branches for literal segments: a hash table with open addressing, at most half full. */
    private final @Nullable String[] literals;

    private final @Nullable RouteTree[] branches;
    private final int longestSpelling;

    private final @Nullable RouteTree variable;

    /** The tree of rules that never tie. */
    RouteTree(List<Route> routes, boolean fold) {
        this(routes, 0, fold);
    }

    private RouteTree(List<Route> routes, int depth, boolean fold) {
        this.fold = fold;
        Route ending = null;
        List<Route> variables = new ArrayList<>();
        Map<String, List<Route>> named = new LinkedHashMap<>();
        for (Route route : routes) {
            if (route.pattern().length() == depth) {
                ending = route;
                continue;
            }
            String literal = route.pattern().literal(depth);
            if (literal == null) {
                variables.add(route);
            } else {
                named.computeIfAbsent(fold ? Segment.folded(literal) : literal, l -> new ArrayList<>())
                        .add(route);
            }
        }
        this.end = ending;
        this.variable = variables.isEmpty() ? null : new RouteTree(variables, depth + 1, fold);
        int places = named.isEmpty() ? 0 : Integer.highestOneBit(named.size()) * 4;
        this.literals = new String[places];
        this.branches = new RouteTree[places];
        this.longestSpelling = Segment.LONGEST_SPELLING
                * named.keySet().stream().mapToInt(String::length).max().orElse(0);
        named.forEach((literal, further) -> put(literal, new RouteTree(further, depth + 1, fold)));
    }

    private void put(String literal, RouteTree branch) {
        int mask = literals.length - 1;
        int place = Segment.hash(literal, 0, literal.length()) & mask;
        while (literals[place] != null) {
            place = (place + 1) & mask;
        }
        literals[place] = literal;
        branches[place] = branch;
    }

    /** Whether there is no rule. */
    boolean isEmpty() {
        return end == null && variable == null && literals.length == 0;
    }

    /** The rule with the most literal segments that matches a sound path, or null. */
    @Nullable
    Route find(String path) {
        return find(path, 1);
    }

    private @Nullable Route find(String path, int from) {
        if (from >= path.length()) {
            return end;
        }
        Route best = end != null && end.pattern().hasRest() ? end : null;
        int to = RequestPath.segmentEnd(path, from);
        RouteTree literal = branch(path, from, to);
        if (literal != null) {
            best = better(best, literal.find(path, to + 1));
        }
        return variable == null ? best : better(best, variable.find(path, to + 1));
    }

    private @Nullable RouteTree branch(String path, int from, int to) {
        int hash = to - from > longestSpelling ? Segment.NO_HASH : Segment.hash(path, from, to);
        if (hash == Segment.NO_HASH) {
            return null;
        }
        int mask = literals.length - 1;
        for (int place = hash & mask; ; place = (place + 1) & mask) {
            String literal = literals[place];
            if (literal == null || Segment.is(literal, path, from, to, fold)) {
                return branches[place];
            }
        }
    }

    private static @Nullable Route better(@Nullable Route one, @Nullable Route other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.pattern().literalCount() > other.pattern().literalCount() ? one : other;
    }
}
