package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vectors of the Wycheproof project for Ed25519, which are no part of this repository: name the file
 * {@code testvectors_v1/ed25519_test.json} of {@code C2SP/wycheproof} by {@code -Dwycheproof.ed25519=FILE}.
 */
@EnabledIfSystemProperty(named = "wycheproof.ed25519", matches = ".+")
class WycheproofTest {

    @Test
    void every_vector_is_judged_as_it_should_be() {
        JsonNode document = JsonMapper.shared()
                .readTree(Path.of(System.getProperty("wycheproof.ed25519")).toFile());
        HexFormat hex = HexFormat.of();
        int count = 0;
        for (JsonNode group : document.get("testGroups")) {
            Ed25519PublicKey key = Ed25519PublicKey.of(
                    hex.parseHex(group.get("publicKey").get("pk").asString()));
            for (JsonNode test : group.get("tests")) {
                boolean verified = key != null
                        && key.verifies(
                                hex.parseHex(test.get("msg").asString()),
                                hex.parseHex(test.get("sig").asString()));
                assertThat(verified ? "valid" : "invalid")
                        .as("%s", test)
                        .isEqualTo(test.get("result").asString());
                count++;
            }
        }
        assertThat(count).isEqualTo(document.get("numberOfTests").asInt()).isGreaterThan(100);
    }
}
