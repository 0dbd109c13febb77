package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.signature.StructuredField.ByteSequence;
import dev.portcullis.auth.signature.StructuredField.InnerList;
import dev.portcullis.auth.signature.StructuredField.Item;
import dev.portcullis.auth.signature.StructuredField.Token;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9651 section 4.2. */
class StructuredFieldTest {

    private static final String SAMPLE =
            "sig1=(\"@method\" \"@path\";x \"a\\\"b\");created=1618884473;nonce=\"a b\";t=tok/en;b=?0, c=:aGk=:, d, e=-7";

    @Test
    void a_dictionary_is_read() throws UnacceptableRequestException {
        Map<String, Object> members = StructuredField.dictionary(SAMPLE);

        assertThat(members.keySet()).containsExactly("sig1", "c", "d", "e");
        assertThat(members)
                .containsEntry(
                        "sig1",
                        new InnerList(
                                List.of(
                                        new Item("@method", Map.of()),
                                        new Item("@path", Map.of("x", true)),
                                        new Item("a\"b", Map.of())),
                                Map.of("created", 1618884473L, "nonce", "a b", "t", new Token("tok/en"), "b", false)))
                .containsEntry("c", new Item(new ByteSequence("aGk="), Map.of()))
                .containsEntry("d", new Item(true, Map.of()))
                .containsEntry("e", new Item(-7L, Map.of()));
    }

    @Test
    void names_words_and_texts_are_of_every_character_there_is() throws UnacceptableRequestException {
        Map<String, Object> members =
                StructuredField.dictionary("*az09_-.=AZaz09!#$%&'*+-.^_`|~:/, z=\" ~\", a=:+/AZaz09:, z9=*");

        assertThat(members)
                .containsEntry("*az09_-.", new Item(new Token("AZaz09!#$%&'*+-.^_`|~:/"), Map.of()))
                .containsEntry("z", new Item(" ~", Map.of()))
                .containsEntry("a", new Item(new ByteSequence("+/AZaz09"), Map.of()))
                .containsEntry("z9", new Item(new Token("*"), Map.of()));
    }

    @Test
    void what_is_as_long_as_can_be_is_read_and_nothing_longer() throws UnacceptableRequestException {
        assertThat(StructuredField.dictionary("a=999999999999999"))
                .containsEntry("a", new Item(999_999_999_999_999L, Map.of()));
        String longest = "a=\"" + "x".repeat(StructuredField.LONGEST - 4) + "\"";
        assertThat(StructuredField.dictionary(longest)).hasSize(1);
        assertThatThrownBy(() -> StructuredField.dictionary(longest + " "))
                .isInstanceOf(UnacceptableRequestException.class);
        String most =
                String.join(",", IntStream.range(0, 32).mapToObj(i -> "a" + i).toList());
        assertThat(StructuredField.dictionary(most)).hasSize(32);
        assertThatThrownBy(() -> StructuredField.dictionary(most + ",b"))
                .isInstanceOf(UnacceptableRequestException.class);
    }

    @Test
    void white_space_stands_only_where_it_may() throws UnacceptableRequestException {
        assertThat(StructuredField.dictionary("  a=( 1  2 );  x=3 \t,\t b"))
                .isEqualTo(StructuredField.dictionary("a=(1 2);x=3,b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a,",
                ",a",
                "a,,b",
                "A",
                "1a",
                "a b",
                "a =1",
                "a= 1",
                "a=",
                "a=(",
                "a=(1",
                "a=(1 2",
                "a=(1,2)",
                "a=(1\t2)",
                "a=(\"x\"\"y\")",
                "a=\"x",
                "a=\"x\\",
                "a=\"\\x\"",
                "a=\"ä\"",
                "a=\"\u0001\"",
                "a=\"\u001f\"",
                "a=\"\u007f\"",
                "a=:",
                "a=:aGk=",
                "a=:a k=:",
                "a=:aGk_:",
                "a=?",
                "a=?2",
                "a=?true",
                "a=-",
                "a=1.5",
                "a=1.",
                "a=1234567890123456",
                "a=1;",
                "a=1;B",
                "a=1;b=",
                "a=1 ;b",
                "a=@1",
                "a=%\"x\"",
                "a=(1);c;c",
                "a=1, a=2",
                "a=((1))",
                "a=(1))",
                "a=;b",
                "a\u00a0=1",
                "a=1\n",
                "a=\r1"
            })
    void what_is_malformed_is_refused(String text) {
        assertThatThrownBy(() -> StructuredField.dictionary(text)).isInstanceOf(UnacceptableRequestException.class);
    }

    @Test
    void what_is_too_long_or_has_too_many_parts_is_refused() throws UnacceptableRequestException {
        assertThat(StructuredField.dictionary("a=(" + "1 ".repeat(32) + ")")).hasSize(1);
        assertThatThrownBy(() -> StructuredField.dictionary("a=(" + "1 ".repeat(33) + ")"))
                .isInstanceOf(UnacceptableRequestException.class);
        assertThatThrownBy(() -> StructuredField.dictionary("a=\"" + "x".repeat(9000) + "\""))
                .isInstanceOf(UnacceptableRequestException.class);
    }

    /** Whatever comes, the answer is a dictionary or one exception, and a signature's input serializes to what reads the same. */
    @Test
    void no_text_makes_it_fail_in_another_way() {
        SplittableRandom random = new SplittableRandom(42);
        String alphabet = "abAB19_-.*=;,:?\"\\() \t@%/+\u0000\u007fé\uffff";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? SAMPLE : "");
            for (int edits = random.nextInt(1, 12); edits > 0; edits--) {
                int at = random.nextInt(text.length() + 1);
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                if (at < text.length() && random.nextBoolean()) {
                    text.deleteCharAt(at);
                } else {
                    text.insert(at, c);
                }
            }
            check(text.toString());
        }
    }

    private static void check(String text) {
        try {
            for (Object member : StructuredField.dictionary(text).values()) {
                SignatureInput input = SignatureInput.of(member);
                Map<String, Object> again = StructuredField.dictionary("x=" + input.serialized());
                assertThat(SignatureInput.of(again.get("x"))).isEqualTo(input);
            }
        } catch (UnacceptableRequestException e) {
            assertThat(e).isNotNull();
        }
    }
}
