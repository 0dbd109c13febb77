package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of changes while they come. */
class ChangeCountTest {

    /** Which one changed is forgotten in favour of "all of them" at some number of changes. */
    @Test
    void a_change_is_seen_also_while_it_is_forgotten_which_one_it_was() {
        ChangeCount changes = new ChangeCount();
        long before = changes.now();
        changes.changed("tag");
        Object whileLookedFor = new Object() {
            private boolean isFirst = true;

            @Override
            public int hashCode() {
                if (isFirst) {
                    isFirst = false;
                    for (int i = 0; i < 10_000; i++) {
                        changes.changed("other " + i);
                    }
                }
                return "tag".hashCode();
            }

            @Override
            public boolean equals(Object other) {
                return "tag".equals(other);
            }
        };
        assertThat(changes.noneSince(before, List.of(whileLookedFor))).isFalse();
    }
}
