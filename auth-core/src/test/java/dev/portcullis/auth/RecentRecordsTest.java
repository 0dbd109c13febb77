package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentRecordsTest {

    private final RecentRecords<String> records = new RecentRecords<>(3);

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            records.add(number -> "record " + number);
        }
    }

    @Test
    void the_latest_are_kept_and_told_latest_first() {
        assertThat(records.list(any -> true, Long.MAX_VALUE, 9)).isEmpty();
        add(2);
        assertThat(records.list(any -> true, Long.MAX_VALUE, 9)).containsExactly("record 1", "record 0");
        add(3);
        assertThat(records.list(any -> true, Long.MAX_VALUE, 9)).containsExactly("record 4", "record 3", "record 2");
    }

    @Test
    void they_are_told_in_pages() {
        add(5);
        assertThat(records.list(any -> true, Long.MAX_VALUE, 2)).containsExactly("record 4", "record 3");
        assertThat(records.list(any -> true, 3, 2)).containsExactly("record 2");
        assertThat(records.list(any -> true, 2, 2)).isEmpty();
        assertThat(records.list(any -> true, -1, 2)).isEmpty();
        assertThat(records.list(any -> true, 4, 0)).isEmpty();
    }

    @Test
    void a_page_is_of_those_that_are_wanted() {
        add(3);
        assertThat(records.list(record -> !record.endsWith("1"), Long.MAX_VALUE, 2))
                .containsExactly("record 2", "record 0");
    }
}
