package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryChangeNoticesTest {

    private final InMemoryChangeNotices notices = new InMemoryChangeNotices();

    private static final class Heard implements ChangeNotices.Listener {

        private final List<String> heard = new ArrayList<>();

        @Override
        public void changed(String id) {
            heard.add(id);
        }

        @Override
        public void anythingMayHaveChanged() {
            heard.add("anything");
        }
    }

    @Test
    void all_who_listen_to_a_topic_hear_of_it() {
        Heard one = new Heard();
        Heard two = new Heard();
        Heard other = new Heard();
        notices.subscribe("keys", one);
        notices.subscribe("keys", two);
        notices.subscribe("sessions", other);
        notices.changed("keys", "1");
        notices.anythingMayHaveChanged("keys");
        notices.changed("nobody-listens", "2");
        assertThat(one.heard).containsExactly("anything", "1", "anything").isEqualTo(two.heard);
        assertThat(other.heard).containsExactly("anything");
    }

    @Test
    void a_closed_subscription_hears_nothing_more() {
        Heard one = new Heard();
        Heard two = new Heard();
        ChangeNotices.Subscription first = notices.subscribe("keys", one);
        ChangeNotices.Subscription second = notices.subscribe("keys", two);
        assertThat(first.nanosBehind()).isZero();
        first.close();
        first.close();
        notices.changed("keys", "1");
        assertThat(one.heard).containsExactly("anything");
        assertThat(two.heard).containsExactly("anything", "1");
        second.close();
        assertThat(notices).hasToString("InMemoryChangeNotices[1]");
    }

    @Test
    void a_topic_is_a_short_word() {
        for (String topic : List.of("", "Keys", "a b", "a:b", "a_b", "a".repeat(41))) {
            assertThatThrownBy(() -> notices.subscribe(topic, new Heard()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        notices.subscribe("a".repeat(40), new Heard());
        notices.subscribe("0-9", new Heard());
    }
}
