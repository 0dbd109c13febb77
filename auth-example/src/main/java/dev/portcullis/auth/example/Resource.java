package dev.portcullis.auth.example;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A kind of thing that the API serves: its fields, and the things of that kind, in memory and bounded in number. */
public final class Resource {

    private static final String ID = "id";

    private final String name;
    private final List<Field> fields;
    private final int most;
    private final Map<Long, Map<String, Object>> things = new TreeMap<>();
    private long lastID;

    /**
     * A kind of thing, of which there is none yet.
     *
     * @param name what they are called, as it stands in the path
     * @param most how many of them there can be
     * @param fields what each consists of, besides its {@code id}
     */
    Resource(String name, int most, Field... fields) {
        this.name = name;
        this.most = most;
        this.fields = List.of(fields);
    }

    /**
     * All that the API serves, with what there is at the start.
     *
     * @return new resources
     */
    public static List<Resource> all() {
        return List.of(leagues(), sources());
    }

    /**
     * The catalogue.
     *
     * @return leagues
     */
    public static Resource leagues() {
        Resource leagues = new Resource(
                "leagues",
                1000,
                Field.text("name"),
                Field.matching("country", "two upper-case letters (ISO 3166-1)", Pattern.compile("[A-Z]{2}")),
                Field.number("teams", 2, 100));
        leagues.seed("Premier League", "GB", 20L);
        leagues.seed("Bundesliga", "DE", 18L);
        leagues.seed("Serie A", "IT", 20L);
        return leagues;
    }

    /**
     * The holdings.
     *
     * @return sources
     */
    public static Resource sources() {
        Resource sources = new Resource(
                "sources",
                1000,
                Field.text("name"),
                Field.matching("url", "an https URL", Pattern.compile("https://[a-z0-9.-]{1,100}(/[!-~]{0,200})?")),
                Field.number("records", 0, 1_000_000_000));
        sources.seed("Match archive", "https://archive.example/matches", 48_211L);
        sources.seed("Live feed", "https://feed.example/live", 1_904L);
        return sources;
    }

    private void seed(Object... values) {
        Map<String, Object> thing = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            thing.put(fields.get(i).name(), values[i]);
        }
        keep(++lastID, thing);
    }

    /**
     * What they are called.
     *
     * @return their name, as it stands in the path
     */
    public String name() {
        return name;
    }

    /**
     * All of them.
     *
     * @return each with its {@code id}
     */
    public synchronized List<Map<String, Object>> list() {
        return List.copyOf(things.values());
    }

    /**
     * One of them.
     *
     * @param id which
     * @return it
     * @throws RequestProblem if it is not there
     */
    public synchronized Map<String, Object> get(long id) throws RequestProblem {
        return existing(id);
    }

    /**
     * Adds one, all of whose fields are given.
     *
     * @param body a JSON object
     * @return what was added
     * @throws RequestProblem if it cannot be
     */
    public synchronized Map<String, Object> create(JsonNode body) throws RequestProblem {
        Map<String, Object> given = allFields(body);
        if (things.size() >= most) {
            throw RequestProblem.conflict("Too many " + name + ".");
        }
        return keep(++lastID, given);
    }

    /**
     * Replaces one, all of whose fields are given.
     *
     * @param id which
     * @param body a JSON object
     * @return what is there now
     * @throws RequestProblem if it cannot be
     */
    public synchronized Map<String, Object> replace(long id, JsonNode body) throws RequestProblem {
        existing(id);
        return keep(id, allFields(body));
    }

    /**
     * Changes the given fields of one.
     *
     * @param id which
     * @param body a JSON object
     * @return what is there now
     * @throws RequestProblem if it cannot be
     */
    public synchronized Map<String, Object> change(long id, JsonNode body) throws RequestProblem {
        Map<String, Object> changed = new LinkedHashMap<>(existing(id));
        requireKnownFields(body);
        for (Field field : fields) {
            if (body.has(field.name())) {
                changed.put(field.name(), field.valueIn(body));
            }
        }
        return keep(id, changed);
    }

    /**
     * Deletes one.
     *
     * @param id which
     * @throws RequestProblem if it is not there
     */
    public synchronized void delete(long id) throws RequestProblem {
        existing(id);
        things.remove(id);
    }

    private Map<String, Object> existing(long id) throws RequestProblem {
        @Nullable Map<String, Object> thing = things.get(id);
        if (thing == null) {
            throw RequestProblem.notFound();
        }
        return thing;
    }

    private Map<String, Object> keep(long id, Map<String, Object> values) {
        Map<String, Object> thing = new LinkedHashMap<>();
        thing.put(ID, id);
        thing.putAll(values);
        things.put(id, thing);
        return thing;
    }

    /** The fields that are given, all of them. */
    Map<String, Object> allFields(JsonNode body) throws RequestProblem {
        requireKnownFields(body);
        Map<String, Object> given = new LinkedHashMap<>();
        for (Field field : fields) {
            given.put(field.name(), field.valueIn(body));
        }
        return given;
    }

    private void requireKnownFields(JsonNode body) throws RequestProblem {
        if (!body.isObject()) {
            throw RequestProblem.badRequest("The body must be a JSON object.");
        }
        boolean known = body.propertyNames().stream()
                .allMatch(
                        given -> fields.stream().anyMatch(field -> field.name().equals(given)));
        if (!known) {
            String names = fields.stream().map(Field::name).collect(Collectors.joining(", "));
            throw RequestProblem.badRequest("Unknown field: there are " + names + ".");
        }
    }
}
