package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTest {

    @Test
    void a_method_has_capital_letters_digits_hyphens_and_underscores() {
        assertThat(List.of("A", "Z", "0", "9", "-", "_", "VERSION-CONTROL")).allMatch(Route::isMethod);
        assertThat(List.of("", "@", "[", "/", ":", "a", "z", "G T", ",", "^", "`"))
                .noneMatch(Route::isMethod);
    }
}
