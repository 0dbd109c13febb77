package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A session is its account's and nobody else's, however the account is called. */
class SessionAccountTest {

    private static Session of(String account) {
        return new Session(
                UUID.randomUUID(),
                SHA256.of(SecretText.of(account)),
                account,
                LoginType.WEB,
                CredentialKind.JWT,
                Set.of(),
                null,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1));
    }

    /** Names of every length about those at which they are compared otherwise, and some that look like them. */
    private static List<String> names() {
        List<String> names =
                new ArrayList<>(List.of("", "user_1", "user_2", "USER_1", "7fffffff", "k\u00f6nig", "\u4e2d\u6587"));
        for (int length : new int[] {1, 7, 8, 9, 16, 36, 39, 40, 41, 48, 255}) {
            String name = "a".repeat(length);
            names.add(name);
            for (char other : new char[] {'\0', 'b', 0x7f, 0x80, 0xe1, 0x161, 0x6100, 0xd83d}) {
                names.add(other + name);
                names.add(name + other);
                for (int at : new int[] {0, length / 2, length - 1}) {
                    names.add(name.substring(0, at) + other + name.substring(at + 1));
                }
            }
        }
        return names;
    }

    @Test
    void it_is_of_the_account_of_its_name_alone() {
        List<String> names = names();
        for (String account : names) {
            Session session = of(account);
            assertThat(session.isOf(account)).isTrue();
            for (String name : names) {
                String sent = String.valueOf(name.toCharArray()); // as a request bears it: another object
                assertThat(session.isOf(sent)).as("%s, named %s", account, name).isEqualTo(account.equals(name));
            }
        }
    }

    @Test
    void it_is_of_no_account_if_none_is_named() {
        assertThat(of("user_1").isOf(null)).isFalse();
        assertThat(of("a".repeat(41)).isOf(null)).isFalse();
    }
}
