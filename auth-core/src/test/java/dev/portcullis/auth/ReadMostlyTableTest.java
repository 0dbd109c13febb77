package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is in the table is found, and what was removed is not, wherever it came to lie. */
class ReadMostlyTableTest {

    /** A key that comes to lie where its number says: those of one number are all in each other's way. */
    private record Key(int place, int number) {
        @Override
        public int hashCode() {
            return place;
        }
    }

    private record Thing(Key key, int version) {}

    private final ReadMostlyTable<Key, Thing> table =
            new ReadMostlyTable<>(Thing::key, (thing, key) -> thing.key().equals(key));
    private final Map<Key, Thing> model = new HashMap<>();

    private void change(Key key, int version, boolean removes) {
        Thing known = model.get(key);
        if (known == null) {
            table.add(new Thing(key, version));
        } else if (removes) {
            table.remove(known);
        } else {
            table.replace(new Thing(key, version));
        }
        if (known != null && removes) {
            model.remove(key);
        } else {
            model.put(key, new Thing(key, version));
        }
    }

    private void isAsTheModel(List<Key> keys) {
        for (Key key : keys) {
            assertThat(table.find(key)).as("%s", key).isEqualTo(model.get(key));
        }
        List<Thing> seen = new ArrayList<>();
        table.each(seen::add);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(model.values());
    }

    private static List<Key> keys(int places, int ofEach) {
        List<Key> keys = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            for (int number = 0; number < ofEach; number++) {
                keys.add(new Key(place, number));
            }
        }
        return keys;
    }

    @Test
    void whatever_is_added_replaced_and_removed_it_holds_what_a_map_would() {
        Random random = new Random(7);
        for (List<Key> keys : List.of(keys(60, 1), keys(4, 12), keys(1, 30))) {
            for (int i = 0; i < 2_000; i++) {
                change(keys.get(random.nextInt(keys.size())), i, random.nextInt(3) > 0);
                if (i % 10 == 0) {
                    isAsTheModel(keys);
                }
            }
            new ArrayList<>(model.keySet()).forEach(key -> change(key, 0, true));
            isAsTheModel(keys);
        }
    }

    @Test
    void it_grows_with_what_it_holds() {
        List<Key> keys = keys(3_000, 1);
        keys.forEach(key -> change(key, 0, false));
        isAsTheModel(keys);
        assertThat(table.find(new Key(3_000, 0))).isNull();
        assertThat(table.find(new Key(0, 1))).isNull();
    }

    /** Or a search would never end: what was removed leaves its place taken until the table is built anew. */
    @Test
    void what_comes_and_goes_uses_it_up_never() {
        for (int i = 0; i < 10_000; i++) {
            Key key = new Key(i, i);
            change(key, 0, false);
            assertThat(table.find(key)).isNotNull();
            change(key, 0, true);
            assertThat(table.find(key)).isNull();
        }
    }
}
