package dev.portcullis.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.operation.Ping;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionIdTest {
  @Test
  void looksAsPeopleReadItToEachOther() {
    Set<Character> letters = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String id = DecisionId.next();
      assertTrue(id.matches("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"), id);
      assertEquals(Optional.of(id), DecisionId.of(id));
      id.replace("-", "").chars().forEach(letter -> letters.add((char) letter));
      ids.add(id);
    }
    assertEquals(32, letters.size());
    // of 40 random bits that many are all different, save for once in five thousand runs
    assertTrue(ids.size() >= 19_999, "different ones: " + ids.size());
  }

  @ParameterizedTest
  @CsvSource({
    "7KQ2-M9XB, 7KQ2-M9XB",
    "7kq2-m9xb, 7KQ2-M9XB",
    "7kq2m9xb, 7KQ2-M9XB",
    "' 7KQ2M9XB ', 7KQ2-M9XB",
    "7-kq2m-9xb, 7KQ2-M9XB",
    "oO0i-Il11, 0001-1111",
  })
  void isReadAsPeopleTypeIt(String typed, String id) {
    assertEquals(Optional.of(id), DecisionId.of(typed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7KQ2-M9X", "7KQ2-M9XBB", "7KQ2-M9XU", "7KQ2 M9XB", "ßßßßßßßß"})
  void refusesWhatIsNone(String typed) {
    assertEquals(Optional.empty(), DecisionId.of(typed));
  }

  @Test
  void isMadeOncePerQuestionWhateverBecomesOfIt() {
    DecisionRequest<Ping> request = Asked.of(new Ping(Asked.user(Map.of())));
    String id = request.trace().decisionId();
    assertEquals(id, request.withAccount(Asked.ALICE).trace().decisionId());
    assertEquals(
        id,
        request
            .withContent(new Ping(Asked.user(Map.of("a", "b"))))
            .withSession(new SessionIdentity(Asked.RUN_ID, 1))
            .trace()
            .decisionId());
    assertNotEquals(id, Asked.of(new Ping(Asked.user(Map.of()))).trace().decisionId());
  }
}
