package dev.portcullis.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "web,web,true",
    "web,web2,false",
    "web,we,false",
    "web,WEB,false",
    "*,'',true",
    "*,anything.at-all,true",
    "**,x,true",
    "web-*,web-,true",
    "web-*,web-1,true",
    "web-*,web,false",
    "web-*,xweb-1,false",
    "*-web,a-web,true",
    "*-web,a-web-b,false",
    "*-web,a-web-web,true",
    "a*b*c,abc,true",
    "a*b*c,a1b2c,true",
    "a*b*c,acb,false",
    "a*b*c,abcb,false",
    "a*a,a,false",
    "a*a,aa,true",
    "'a.c',abc,false",
    "'[a-z]+',abc,false",
    "müll*,müller,true"
  })
  void matchesWithAnyLettersForAStar(String pattern, String name, boolean matching) {
    assertEquals(matching, new NamePattern(pattern).matches(name));
  }

  @Test
  void matchesAsASimplerWayToMatchDoes() {
    SplittableRandom random = new SplittableRandom(20260723);
    int matching = 0;
    for (int i = 0; i < 100_000; i++) {
      String pattern = word(random, "ab*", 1 + random.nextInt(8));
      String name = word(random, "ab", random.nextInt(10));
      boolean expected = naive(pattern, name);
      matching += expected ? 1 : 0;
      assertEquals(expected, new NamePattern(pattern).matches(name), pattern + " and " + name);
    }
    assertTrue(matching > 10_000 && matching < 90_000, "matching: " + matching);
  }

  private static String word(SplittableRandom random, String letters, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  private static boolean naive(String pattern, String name) {
    if (pattern.isEmpty()) {
      return name.isEmpty();
    }
    if (pattern.charAt(0) == '*') {
      return naive(pattern.substring(1), name)
          || (!name.isEmpty() && naive(pattern, name.substring(1)));
    }
    return !name.isEmpty()
        && name.charAt(0) == pattern.charAt(0)
        && naive(pattern.substring(1), name.substring(1));
  }

  @Test
  void isQuickWithManyStars() {
    NamePattern pattern = new NamePattern("a*".repeat(99) + "b");
    assertFalse(
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> pattern.matches("a".repeat(100_000))));
  }

  @Test
  void hasOneToTwoHundredLetters() {
    assertTrue(new NamePattern("x".repeat(200)).matches("x".repeat(200)));
    for (String text : new String[] {"", " ", "\t", "x".repeat(201)}) {
      assertEquals(
          "Write a name of 1 to 200 letters, with * for any letters",
          assertThrows(IllegalArgumentException.class, () -> new NamePattern(text)).getMessage());
    }
  }
}
