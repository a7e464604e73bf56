package dev.portcullis.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {
  private static final TextPattern.Names ALICE =
      new TextPattern.Names("Alice", "eu-1", Set.of("Staff", "a*b"));

  @ParameterizedTest
  @CsvSource({
    "web-*, web-1, true",
    "web-*, WEB-1, false",
    "'*', '', true",
    "${account}, Alice, true",
    "${account}, alice, false",
    "${account}-*, Alice-web, true",
    "${group}-x, Staff-x, true",
    "${group}-x, a*b-x, true",
    "${group}-x, azb-x, false",
    "${group}-x, Guest-x, false",
    "${node}.${account}, eu-1.Alice, true",
    "'a.c', abc, false"
  })
  void matches(String pattern, String name, boolean expected) {
    assertEquals(expected, TextPattern.of(pattern).matches(name, ALICE));
  }

  @ParameterizedTest
  @CsvSource({
    "*.example.com, a.example.com, true, true",
    "*.example.com, A.B.Example.com, true, true",
    "*.example.com, example.com, false, false",
    "*.example.com, '*.example.com', true, true",
    "*.example.com, '*.a.example.com', true, true",
    "a.example.com, '*.example.com', false, true",
    "*.a.example.com, '*.example.com', false, true",
    "a.example.com, '*.example.org', false, false",
    "a*.example.com, '*.example.com', false, true",
    "${account}.example.com, alice.example.com, true, true",
    "${account}.example.com, '*.example.com', false, true",
    "${group}.example.com, staff.example.com, true, true"
  })
  void coversOrMeetsDomains(String pattern, String domain, boolean covers, boolean meets) {
    assertEquals(covers, TextPattern.of(pattern).covers(domain, ALICE));
    assertEquals(meets, TextPattern.of(pattern).meets(domain, ALICE));
  }

  @Test
  void meetsWhereSomeNameFitsBoth() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      String one = made(random);
      String other = made(random);
      assertEquals(
          shortNames().anyMatch(name -> fits(one, name) && fits(other, name)),
          TextPattern.of("-" + one).meets("-" + other, ALICE),
          one + " and " + other);
    }
  }

  private static String made(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append("ab*".charAt(random.nextInt(3)));
    }
    return text.toString();
  }

  /** Patterns of three letters that meet do so in a name of at most six. */
  private static Stream<String> shortNames() {
    return IntStream.range(1, 1 << 7)
        .mapToObj(Integer::toBinaryString)
        .map(bits -> bits.substring(1).replace('0', 'a').replace('1', 'b'));
  }

  private static boolean fits(String pattern, String name) {
    return TextPattern.of("-" + pattern).matches("-" + name, ALICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "${user}", "${account", "a${}b"})
  void refusesWhatIsNoPattern(String text) {
    assertThrows(IllegalArgumentException.class, () -> TextPattern.of(text));
  }

  @Test
  void isExactOnlyWithoutStarsAndVariables() {
    assertEquals("web", TextPattern.of("web").exact().orElseThrow());
    assertFalse(TextPattern.of("web*").exact().isPresent());
    assertFalse(TextPattern.of("${account}").exact().isPresent());
  }

  @Test
  void takesNoLongTimeWhateverThePattern() {
    String pattern = "*a".repeat(60) + "b";
    assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> {
          assertFalse(TextPattern.of(pattern).matches("a".repeat(250), ALICE));
          assertFalse(TextPattern.of(pattern).meets("a".repeat(250), ALICE));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "alice, alice, alice",
    "al*, al, ''",
    "'*.Example.com', '', example.com",
    "'*ample.com', '', com",
    "'${account}.a.b', '', a.b",
    "'Web-${node}-*', Web-, ''",
    "'*', '', ''"
  })
  void knowsHowWhatFitsBeginsAndEnds(String text, String prefix, String labels) {
    TextPattern pattern = TextPattern.of(text);
    assertEquals(prefix, pattern.prefix());
    assertEquals(prefix.toLowerCase(Locale.ROOT), pattern.lowerPrefix());
    assertEquals(labels, pattern.lowerLabels());
  }

  @Test
  void coversAnotherOnlyWhereAllThatFitsThatFitsIt() {
    Random random = new Random(3);
    String letters = "ab**";
    int covering = 0;
    for (int round = 0; round < 20_000; round++) {
      TextPattern one = TextPattern.of(word(random, letters, 4));
      TextPattern other = TextPattern.of(word(random, letters, 4));
      String name = word(random, "ab", 5);
      if (one.covers(other) && other.matches(name, ALICE)) {
        covering++;
        assertTrue(one.matches(name, ALICE), one + ", " + other + " and " + name);
      }
    }
    assertTrue(covering > 300, () -> "hardly tried");
    assertTrue(TextPattern.of("*-${account}*").covers(TextPattern.of("a-${account}-${node}")));
    assertFalse(TextPattern.of("${account}*").covers(TextPattern.of("alice*")));
    assertFalse(TextPattern.of("alice*").covers(TextPattern.of("${account}*")));
  }

  private static String word(Random random, String letters, int longest) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(longest); i >= 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}
